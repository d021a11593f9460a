# The guest's kernel and initramfs, made once and kept in the cache directory. Sourced by vm.
#
# The kernel is Debian's own, used as a plain file: its package is downloaded, not installed.
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

# The statically linked one: the initramfs has no libraries.
find_busybox() { PATH=/bin:/usr/bin:$PATH command -v busybox || true; }

# Modules to reach the root file system, and those for nvdimms. All others can be had in the guest with modprobe.
readonly boot_modules=(virtio_pci 9pnet_virtio 9p virtio_console overlay)
readonly nvdimm_modules=(nfit nd_pmem dax_pmem device_dax kmem crc32c_generic crc32c-intel ext4)

# Sets kernel_version, kernel_image, kernel_modules and initramfs; makes what is not in the cache.
prepare_kernel() {
    local stamp lock
    mkdir -p "$cache" || die "cannot make the directory $cache"
    exec {lock}>"$cache/lock"
    flock "$lock"
    [[ -f $cache/kernel/version ]] || make_kernel
    kernel_version=$(<"$cache/kernel/version")
    kernel_image=$cache/kernel/vmlinux
    kernel_modules=$cache/kernel/lib/modules/$kernel_version
    initramfs=$cache/initramfs.cpio
    stamp=$({ cat "$here/guest/init" && echo "$kernel_version ${boot_modules[*]} ${nvdimm_modules[*]}"; } | cksum)
    if [[ ! -f $initramfs || $(cat "$cache/initramfs.stamp" 2>/dev/null) != "$stamp" ]]; then
        make_initramfs
        echo "$stamp" >"$cache/initramfs.stamp"
    fi
    exec {lock}>&-
}

# The name of the package that Debian's linux-image-amd64 stands for today.
kernel_package() {
    # Without the package, apt-cache fails, and nothing is printed.
    { apt-cache depends linux-image-amd64 2>/dev/null || true; } |
        sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -n 1
}

# fetch_kernel DIRECTORY: boot/vmlinuz-* and lib/modules/* into it.
fetch_kernel() {
    local package download=(apt-get -qq -o APT::Sandbox::User=root download)
    command -v apt-get >/dev/null || die "apt-get is missing: the guest's kernel is a package of Debian"
    package=$(kernel_package)
    if [[ -z $package ]]; then
        apt-get -qq update >&2 || true
        package=$(kernel_package)
    fi
    [[ -n $package ]] || die "apt knows no package linux-image-amd64: is this Debian, and does apt-get update work?"
    note "first run: downloading $package (70 MB) into $cache"
    mkdir -p "$1/package"
    (
        cd -- "$1/package"
        "${download[@]}" "$package" || { apt-get -qq update && "${download[@]}" "$package"; }
    ) >&2 || die "apt-get download $package failed"
    dpkg-deb -x "$1"/package/linux-image-*.deb "$1"
    rm -r "$1/package"
}

# extract_image VMLINUZ VMLINUX: QEMU can start the ELF file by itself (PVH), which saves the guest from unpacking it
# under emulation, some seconds.
extract_image() {
    local offset
    offset=$(LC_ALL=C grep -abo $'\xfd7zXZ' "$1" | head -n 1 | cut -d: -f1)
    if [[ -n $offset ]]; then
        # More data follow the xz stream, so tail dies of SIGPIPE and xz complains.
        { tail -c "+$((offset + 1))" "$1" || true; } | xz -dc --single-stream 2>/dev/null >"$2" || true
        [[ $(head -c 4 "$2" | tail -c 3) != ELF ]] || return 0
    fi
    note "cannot unpack $1; booting it as it is"
    cp "$1" "$2"
}

make_kernel() {
    local new=$cache/kernel.new version
    rm -rf "$new"
    mkdir -p "$new"
    fetch_kernel "$new"
    version=$(ls "$new/lib/modules")
    PATH=$PATH:/usr/sbin:/sbin depmod -b "$new" "$version"
    extract_image "$new/boot/vmlinuz-$version" "$new/vmlinux"
    echo "$version" >"$new/version"
    rm -rf "$cache/kernel"
    mv "$new" "$cache/kernel"
}

# copy_modules DIRECTORY NAME...: the modules and all they need, as 100-virtio.ko ..., in loading order. From
# modules.dep, which lists what each needs, to be loaded last to first; "modprobe --show-depends" would leave out what
# the host has loaded.
copy_modules() {
    local to=$1 i=100 name file
    shift
    mkdir -p "$to"
    for name; do
        sed -n "s|^\(.*/$name\.ko\):\(.*\)|\1\2|p" "$kernel_modules/modules.dep" |
            awk '{ for (i = NF; i > 0; i--) print $i }'
    done | awk '!seen[$0]++' | while read -r file; do
        cp "$kernel_modules/$file" "$to/$i-$(basename "$file")"
        i=$((i + 1))
    done
}

make_initramfs() {
    local tree=$cache/initramfs
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
