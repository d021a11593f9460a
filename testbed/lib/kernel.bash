# The guest's kernel and initramfs, made once and kept in the cache directory. Sourced by vm.
#
# The kernel is Debian's own, used as a plain file: its package is downloaded, not installed. With the variable suite not
# empty, that of another suite of Debian than the machine's.
# shellcheck shell=bash
# Variables of vm are read here, and results for it are set.
# shellcheck disable=SC2034,SC2154

# The Debian packages that are needed here and not there.
missing_packages() {
    command -v qemu-system-x86_64 >/dev/null || echo qemu-system-x86
    [[ -n $(find_busybox) ]] || echo busybox-static
    command -v cpio >/dev/null || echo cpio
    PATH=$PATH:/usr/sbin:/sbin command -v depmod >/dev/null || echo kmod
    command -v xz >/dev/null || echo xz-utils
}

# Of all suites of Debian.
readonly keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# The statically linked one: the initramfs has no libraries.
find_busybox() { PATH=/bin:/usr/bin:$PATH command -v busybox || true; }

# Modules to reach the root file system, and those for nvdimms. All others can be had in the guest with modprobe.
readonly boot_modules=(virtio_pci 9pnet_virtio 9p virtio_console overlay)
readonly nvdimm_modules=(nfit nd_pmem dax_pmem device_dax kmem crc32c_generic crc32c-intel ext4)

# Sets kernel_version, kernel_image, kernel_modules and initramfs; makes what is not in the cache.
prepare_kernel() {
    local stamp lock
    kernel_home=$cache${suite:+/$suite}
    mkdir -p "$kernel_home" || die "cannot make the directory $kernel_home"
    exec {lock}>"$cache/lock"
    flock "$lock"
    [[ -f $kernel_home/kernel/version ]] || make_kernel
    kernel_version=$(<"$kernel_home/kernel/version")
    kernel_image=$kernel_home/kernel/vmlinux
    kernel_modules=$kernel_home/kernel/lib/modules/$kernel_version
    initramfs=$kernel_home/initramfs.cpio
    stamp=$({ cat "$here/guest/init" && echo "$kernel_version ${boot_modules[*]} ${nvdimm_modules[*]}"; } | cksum)
    if [[ ! -f $initramfs || $(cat "$kernel_home/initramfs.stamp" 2>/dev/null) != "$stamp" ]]; then
        make_initramfs
        echo "$stamp" >"$kernel_home/initramfs.stamp"
    fi
    exec {lock}>&-
}

# Where the machine's apt gets its own suite of Debian from, such as http://deb.debian.org/debian.
debian_site() {
    local codename
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # A format of apt's.
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
        awk -v release="$codename" '$2 == release { print $1; exit }'
}

# use_suite DIRECTORY: sets apt_options, so that apt knows the suite and nothing else, and writes below the directory only.
use_suite() {
    local directory=$1 site
    site=$(debian_site)
    [[ -n $site ]] || die "suite $suite: apt has no source of this Debian from which it could be had; see 'apt-get indextargets'"
    [[ -r $keyring ]] || die "suite $suite: $keyring is missing: apt-get install debian-archive-keyring"
    mkdir -p "$directory"/{state/lists/partial,cache/archives/partial}
    : >"$directory/status"
    echo "deb [signed-by=$keyring] $site $suite main" >"$directory/sources.list"
    apt_options=(-o "Dir::Etc::sourcelist=$directory/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null -o APT::Default-Release=
        -o "Dir::State=$directory/state" -o "Dir::State::status=$directory/status" -o "Dir::Cache=$directory/cache"
        -o APT::Sandbox::User=root -o Acquire::Languages=none -o APT::Update::Error-Mode=any)
    apt-get -qq "${apt_options[@]}" update >&2 || die "suite $suite: apt-get cannot read it from $site: see above"
}

# The name of the package that Debian's linux-image-amd64 stands for today.
kernel_package() {
    # Without the package, apt-cache fails, and nothing is printed.
    { apt-cache "${apt_options[@]}" depends linux-image-amd64 2>/dev/null || true; } |
        sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

# fetch_kernel DIRECTORY: boot/vmlinuz-* and lib/modules/* into it.
fetch_kernel() {
    local package apt_options=(-o APT::Sandbox::User=root)
    command -v apt-get >/dev/null || die "apt-get is missing: the guest's kernel is a package of Debian"
    [[ -z $suite ]] || use_suite "$1/apt"
    package=$(kernel_package)
    if [[ -z $package && -z $suite ]]; then
        apt-get -qq update >&2 || true
        package=$(kernel_package)
    fi
    [[ -n $package ]] ||
        die "apt knows no package linux-image-amd64${suite:+ in $suite}: is this Debian, and does apt-get update work?"
    note "first run: downloading $package (about 100 MB) into $kernel_home"
    mkdir -p "$1/package"
    (
        cd -- "$1/package"
        apt-get -qq "${apt_options[@]}" download "$package" ||
            { apt-get -qq "${apt_options[@]}" update && apt-get -qq "${apt_options[@]}" download "$package"; }
    ) >&2 || die "apt-get download $package failed"
    dpkg-deb -x "$1"/package/linux-image-*.deb "$1"
    rm -rf "$1/package" "$1/apt"
    # Since Debian 13, packages have what was in /lib in /usr/lib.
    [[ -d $1/lib ]] || mv "$1/usr/lib" "$1/lib"
}

# offsets_of BYTES FILE: where they are, a line each. Bytes that are no text in the user's locale must not get out.
offsets_of() { LC_ALL=C grep -abo "$1" "$2" | LC_ALL=C cut -d: -f1; }

# extract_image VMLINUZ VMLINUX: QEMU can start the ELF file by itself (PVH), which saves the guest from unpacking it
# under emulation, some seconds.
extract_image() {
    local offset
    while read -r offset; do
        # More data follow the stream, so tail dies of SIGPIPE and the other complains.
        { tail -c "+$((offset + 1))" "$1" || true; } | xz -dc --single-stream 2>/dev/null >"$2" || true
        [[ $(head -c 4 "$2" | tail -c 3) != ELF ]] || return 0
    done < <(offsets_of $'\xfd7zXZ' "$1")
    # Since Debian 13. The first that looks like a stream is the unpacking code.
    while command -v zstd >/dev/null && read -r offset; do
        { tail -c "+$((offset + 1))" "$1" || true; } | zstd -dcq 2>/dev/null >"$2" || true
        [[ $(head -c 4 "$2" | tail -c 3) != ELF ]] || return 0
    done < <(offsets_of $'\x28\xb5\x2f\xfd' "$1")
    note "cannot unpack $1 (zstd might help, if it is missing); booting it as it is, which takes seconds longer"
    cp "$1" "$2"
}

make_kernel() {
    local new=$kernel_home/kernel.new version
    rm -rf "$new"
    mkdir -p "$new"
    fetch_kernel "$new"
    version=$(ls "$new/lib/modules")
    PATH=$PATH:/usr/sbin:/sbin depmod -b "$new" "$version"
    extract_image "$new/boot/vmlinuz-$version" "$new/vmlinux"
    echo "$version" >"$new/version"
    rm -rf "$kernel_home/kernel"
    mv "$new" "$kernel_home/kernel"
}

# copy_modules DIRECTORY NAME...: the modules and all they need, as 100-virtio.ko ..., in loading order. From
# modules.dep, which lists what each needs, to be loaded last to first; "modprobe --show-depends" would leave out what
# the host has loaded.
copy_modules() {
    local to=$1 i=100 name file
    shift
    mkdir -p "$to"
    for name; do
        sed -n "s|^\(.*/$name\.ko\(\.xz\)\?\):\(.*\)|\1\3|p" "$kernel_modules/modules.dep" |
            awk '{ for (i = NF; i > 0; i--) print $i }'
    done | awk '!seen[$0]++' | while read -r file; do
        # Busybox loads no compressed ones.
        case $file in
            *.xz) xz -dc "$kernel_modules/$file" >"$to/$i-$(basename "$file" .xz)" ;;
            *) cp "$kernel_modules/$file" "$to/$i-$(basename "$file")" ;;
        esac
        i=$((i + 1))
    done
}

make_initramfs() {
    local tree=$kernel_home/initramfs
    rm -rf "$tree"
    mkdir -p "$tree"/{bin,proc,sys,dev,lower,over,root}
    cp "$(readlink -f "$(find_busybox)")" "$tree/bin/busybox"
    copy_modules "$tree/modules/boot" "${boot_modules[@]}"
    copy_modules "$tree/modules/nvdimm" "${nvdimm_modules[@]}"
    cp "$here/guest/init" "$tree/init"
    chmod +x "$tree/init"
    (cd "$tree" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet) >"$initramfs"
    rm -rf "$tree"
}
