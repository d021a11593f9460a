# The JDK and the program of the multi-node tests. Sourced by run and compare-c.
# shellcheck shell=bash
# Results for the sourcing script; commas in arguments of the JVM.
# shellcheck disable=SC2034,SC2054,SC2154

readonly java_needed=25

# The first JDK that is new enough: in JAVA25_HOME, in JAVA_HOME, on the path, in the usual places.
find_jdk() {
    local candidates=("${JAVA25_HOME:-}" "${JAVA_HOME:-}") on_path candidate version
    if on_path=$(command -v java); then
        on_path=$(readlink -f -- "$on_path")
        candidates+=("${on_path%/bin/java}")
    fi
    shopt -s nullglob
    candidates+=(/usr/lib/jvm/* ~/.sdkman/candidates/java/* ~/.jdks/*)
    shopt -u nullglob
    for candidate in "${candidates[@]}"; do
        [[ -x $candidate/bin/java && -x $candidate/bin/javac && -r $candidate/release ]] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release")
        if [[ -n $version ]] && ((version >= java_needed)); then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# prepare_program MODULE: sets jdk, and program to the command line that starts the program in the guest; with MODULE
# memkind-cli, cli to that of the memkind command, too. Builds the jars where a source is newer. Under emulation, the
# first compiler alone and the simplest collector start fastest by far.
prepare_program() {
    local home modules=(memkind-core memkind-testbed) module paths=() stale=no options
    home=$(dirname -- "$here")
    # What the command is made of, beside the library.
    [[ -z $1 ]] || modules+=(memkind-agent "$1")
    jdk=$(find_jdk)
    [[ -n $jdk ]] ||
        die "JDK $java_needed or newer is needed: install temurin-$java_needed-jdk, or set JAVA${java_needed}_HOME to one"
    for module in "${modules[@]}"; do
        paths+=("$home/$module/target/$module.jar")
        [[ -e ${paths[-1]} && -z $(find "$home/$module"/{pom.xml,src/main} -newer "${paths[-1]}" -print -quit) ]] ||
            stale=yes
    done
    if [[ $stale == yes ]]; then
        command -v mvn >/dev/null || die 'Maven is needed to build: install the package maven'
        note 'building the jars'
        (
            cd -- "$home"
            module=$(printf '%s,' "${modules[@]}")
            JAVA25_HOME=$jdk mvn -B -q -Dquick -pl "${module%,}" package
        ) </dev/null >&2 || die 'the build failed'
        # A jar keeps its old time when nothing in it changed.
        touch "${paths[@]}"
    fi
    options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -XX:-UsePerfData)
    cli=("$jdk/bin/java" "${options[@]}" --enable-native-access=io.memkind,io.memkind.cli
        -p "${paths[0]}:${paths[2]:-}:${paths[3]:-}:$home/memkind-cli/target/lib" -m io.memkind.cli/io.memkind.cli.Main)
    # The program starts the command itself, too: a word a line.
    program=("$jdk/bin/java" "${options[@]}" --enable-native-access=ALL-UNNAMED
        "-Dmemkind.testbed.cli=$(printf '%s\n' "${cli[@]}")" -cp "${paths[0]}:${paths[1]}" io.memkind.testbed.Main)
}
