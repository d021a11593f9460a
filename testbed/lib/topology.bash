# Topologies: the words that a topology file is made of, and the QEMU arguments they stand for. Sourced by vm.
#
# A topology file is bash that calls desc, suite, cpu, node, dist, hmat and nvdimm, one call a line.
# shellcheck shell=bash
# Many variables here are results for vm, which sources this file.
# shellcheck disable=SC2034,SC2154

declare -A node_size=() node_cpus=() node_initiator=()
node_ids=() distance_args=() hmat_args=()
nvdimm_nodes=() nvdimm_sizes=() nvdimm_modes=()
# Without the features that TCG emulates slowly; LA57 would give a JVM 5-level page tables for nothing.
cpu_model=max,-erms,-fsrm,-la57

topology_suite=''

# desc TEXT: one line for --list.
desc() { :; }

# suite NAME: the suite of Debian whose kernel the topology needs; the machine's own if there is no such line.
suite() { topology_suite=$1; }

# cpu MODEL: QEMU's CPU model.
cpu() { cpu_model=$1; }

# node ID SIZE [cpus=N] [initiator=ID]: a NUMA node. SIZE 0: no memory of its own (an nvdimm may bring some).
# initiator: the node whose CPUs it hangs on, as the HMAT tells; its own for a node with CPUs.
node() {
    local id=$1 option
    node_ids+=("$id")
    node_size[$id]=$2
    node_cpus[$id]=0
    for option in "${@:3}"; do
        case $option in
            cpus=*) node_cpus[$id]=${option#*=} ;;
            initiator=*) node_initiator[$id]=${option#*=} ;;
            *) die "topology: node $id: what is $option?" ;;
        esac
    done
}

# dist FROM D0 D1 ...: a row of the distance table (ACPI SLIT).
dist() {
    local from=$1 to=0 distance
    shift
    for distance; do
        distance_args+=("dist,src=$from,dst=$to,val=$distance")
        to=$((to + 1))
    done
}

# hmat FROM TO [lat=NS] [bw=MIB_PER_S]: access latency and bandwidth (ACPI HMAT).
hmat() {
    local prefix="hmat-lb,initiator=$1,target=$2,hierarchy=memory,data-type" option
    for option in "${@:3}"; do
        case $option in
            lat=*) hmat_args+=("$prefix=access-latency,latency=${option#*=}") ;;
            bw=*) hmat_args+=("$prefix=access-bandwidth,bandwidth=${option#*=}M") ;;
            *) die "topology: hmat $1 $2: what is $option?" ;;
        esac
    done
}

# nvdimm NODE SIZE MODE: an nvdimm in that node; the first one is number 0. MODE:
#   kmem    added to NODE as system RAM by the kernel's dax/kmem driver (SIZE less 128 MiB, one memory block), in
#           ZONE_MOVABLE, as daxctl does it
#   devdax  a /dev/dax*, linked as /dev/nvdimmN
#   fsdax   a /dev/pmem* with ext4, mounted with -o dax at /mnt/pmemN
nvdimm() {
    nvdimm_nodes+=("$1")
    nvdimm_sizes+=("$2")
    nvdimm_modes+=("$3")
}

list_topologies() {
    local file name
    for file in "$topology_dir"/*.topo "$topology_dir"/*/*.topo; do
        name=${file#"$topology_dir"/}
        printf '%-30s %s\n' "${name%.topo}" "$(sed -n "s/^desc '\(.*\)'\$/\1/p" "$file")"
    done
}

# load_topology NAME_OR_FILE
load_topology() {
    local file=$1 id
    [[ -f $file ]] || file=$topology_dir/$1.topo
    [[ -f $file ]] || die "there is no topology '$1'; see --list"
    # shellcheck disable=SC1090
    . "$file"
    cpu_nodes=()
    for id in "${node_ids[@]}"; do
        ((node_cpus[$id] == 0)) || cpu_nodes+=("$id")
    done
    ((${#cpu_nodes[@]})) || die "topology $1 has no CPU"
}

# set_memory SPEC: the sizes of --mem.
set_memory() {
    local entries entry id size
    IFS=, read -ra entries <<<"$1"
    for entry in "${entries[@]}"; do
        id=${entry%%=*} size=${entry#*=}
        if [[ $entry != *=* ]]; then
            for id in "${cpu_nodes[@]}"; do node_size[$id]=$size; done
        elif [[ $id == nv* && -n ${nvdimm_sizes[${id#nv}]+set} ]]; then
            nvdimm_sizes[${id#nv}]=$size
        elif [[ $id != nv* && -n ${node_size[$id]+set} ]]; then
            node_size[$id]=$size
        else
            die "--mem: this topology has no '$id'"
        fi
    done
}

# set_cpus N: as many in each node that has any.
set_cpus() {
    local each=$(($1 / ${#cpu_nodes[@]})) id
    ((each > 0 && each * ${#cpu_nodes[@]} == $1)) ||
        die "--cpus: $1 is no multiple of the ${#cpu_nodes[@]} nodes with CPUs"
    for id in "${cpu_nodes[@]}"; do node_cpus[$id]=$each; done
}

# Puts the size, such as 512M or 2G, in MiB into the variable mib.
to_mib() {
    if [[ $1 =~ ^([1-9][0-9]*)G$ ]]; then
        mib=$((BASH_REMATCH[1] * 1024))
    elif [[ $1 =~ ^([1-9][0-9]*)M$ ]]; then
        mib=${BASH_REMATCH[1]}
    elif [[ $1 == 0 ]]; then
        mib=0
    else
        die "'$1' is no size; write it as 512M or 2G"
    fi
}

# Turns the topology into machine, memory, cpu_count, cpus_per_node and topology_args. One socket for each node with
# CPUs, so that the guest sees the packages it would see on real hardware.
topology_to_qemu() {
    local id mib total=0 nvdimm_total=0 socket=0 arg n
    machine=q35 cpu_count=0 cpus_per_node=0 topology_args=()
    for id in "${cpu_nodes[@]}"; do
        cpu_count=$((cpu_count + node_cpus[$id]))
        ((cpus_per_node == 0 || cpus_per_node == node_cpus[$id])) || die 'topology: the nodes differ in CPUs'
        cpus_per_node=${node_cpus[$id]}
    done
    for id in "${node_ids[@]}"; do
        arg=node,nodeid=$id
        to_mib "${node_size[$id]}"
        if ((mib > 0)); then
            topology_args+=(-object "memory-backend-ram,id=ram$id,size=${mib}M")
            arg+=,memdev=ram$id
            total=$((total + mib))
        fi
        ((${#hmat_args[@]} == 0)) || arg+=,initiator=${node_initiator[$id]:-$id}
        topology_args+=(-numa "$arg")
    done
    for id in "${cpu_nodes[@]}"; do
        topology_args+=(-numa "cpu,node-id=$id,socket-id=$socket")
        socket=$((socket + 1))
    done
    for arg in ${distance_args[@]+"${distance_args[@]}"} ${hmat_args[@]+"${hmat_args[@]}"}; do
        topology_args+=(-numa "$arg")
    done
    ((${#hmat_args[@]} == 0)) || machine+=,hmat=on
    memory=${total}M
    n=${#nvdimm_nodes[@]}
    ((n)) || return 0
    machine+=,nvdimm=on
    for id in "${!nvdimm_nodes[@]}"; do
        to_mib "${nvdimm_sizes[id]}"
        nvdimm_total=$((nvdimm_total + mib))
        topology_args+=(-object "memory-backend-ram,id=nv$id,size=${mib}M"
            -device "nvdimm,id=nvdimm$id,memdev=nv$id,node=${nvdimm_nodes[id]},slot=$id")
    done
    # Room for the DIMMs' alignment: 1 GiB each.
    memory+=",slots=$n,maxmem=$((total + nvdimm_total + 1024 * (n + 1)))M"
}
