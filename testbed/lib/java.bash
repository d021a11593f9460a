# The JDK and the program of the multi-node tests. Sourced by run and compare-c.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154

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

# Sets jdk, and program to the command line that starts the program in the guest; builds the jars where a source is
# newer. Under emulation, the first compiler alone and the simplest collector start fastest by far.
prepare_program() {
    local home core testbed
    home=$(dirname -- "$here")
    core=$home/memkind-core/target/memkind-core.jar
    testbed=$home/memkind-testbed/target/memkind-testbed.jar
    jdk=$(find_jdk)
    [[ -n $jdk ]] || die "JDK $java_needed or newer is needed: install it (package temurin-$java_needed-jdk), or set JAVA${java_needed}_HOME to one"
    if [[ ! -e $core || ! -e $testbed || -n $(find "$home"/memkind-{core,testbed}/{pom.xml,src/main} -newer "$testbed" -print -quit) ]]; then
        command -v mvn >/dev/null || die 'Maven is needed to build: install the package maven'
        note 'building the jars'
        (cd "$home" && JAVA25_HOME=$jdk mvn -B -q -Dquick -pl memkind-testbed -am package) </dev/null >&2 ||
            die 'the build failed'
        # A jar keeps its old time when nothing in it changed.
        touch "$testbed"
    fi
    program=("$jdk/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Xshare:auto -XX:-UsePerfData
        --enable-native-access=ALL-UNNAMED -cp "$core:$testbed" io.memkind.testbed.Main)
}
