# Reads clients.yaml. To be sourced by a script of this folder, which has set $folder to the folder's absolute path.
# shellcheck shell=bash

target=${folder:?}/target

# The names of all clients, one a line.
client_names() { sed -n 's/^- name: //p' "$folder/clients.yaml"; }

# A field of a client as it stands there: field NAME FIELD.
field() {
    awk -v name="$1" -v field="$2:" '
        $1 == "-" && $2 == "name:" { here = $3 == name }
        here && $1 == field { sub(/^[^:]*: */, ""); print; exit }' "$folder/clients.yaml"
}

# Leaves in $argv the words of a client's command: words_of NAME command|timed|version [HOST PORT [SECONDS]]. $jdk is
# the JDK whose launcher {java} is.
words_of() {
    local name=$1 which=$2 host=${3:-} port=${4:-} seconds=${5:-} word
    if [[ $host == *:* && $(field "$name" brackets) == true ]]; then
        host="[$host]"
    fi
    argv=()
    while IFS= read -r word; do
        word=${word//'{host}'/"$host"}
        word=${word//'{port}'/"$port"}
        word=${word//'{seconds}'/"$seconds"}
        word=${word//'{rivals}'/"$target"}
        word=${word//'{java}'/"${jdk:-/nonexistent}/bin/java"}
        argv+=("$word")
    done < <(field "$name" "$which" | grep -oE '"[^"]*"' | tr -d '"')
}

# Prints the first JDK that is new enough, as lab/run looks for it.
find_jdk() {
    local candidate version on_path
    on_path=$(readlink -f "$(command -v java || true)" 2>/dev/null || true)
    for candidate in "${JAVA_HOME:-/nonexistent}" "${on_path%/bin/java}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        /opt/hostedtoolcache/*/*/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
        version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$candidate/release" 2>/dev/null || true)
        if [[ -x $candidate/bin/javac && ${version:-0} -ge 25 ]]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}
