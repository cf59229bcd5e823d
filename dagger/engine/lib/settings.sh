# shellcheck shell=bash disable=SC2034
# Where everything is. SHIPWHEEL_ENGINE_ROOT alone gives an engine a folder, a socket and
# a network (network.sh) of its own, so that several run side by side.

root=${SHIPWHEEL_ENGINE_ROOT:-/opt/shipwheel-engine}
run=/run/${root##*/}
socket=$run/engine.sock
pid_file=$run/pid
saved=$root/saved
logs=$root/logs
images=$root/images
certificates=/etc/ssl/certs/ca-certificates.crt

registry=127.0.0.1:5000

# version NAME: an entry of the one file that pins versions; a list comes as words.
pinned=$(<"$here/../../src/versions.json")
version() {
  local text="\"$1\": *\"([^\"]*)\"" list="\"$1\": *\[([^]]*)\]"
  [[ $pinned =~ $text || $pinned =~ $list ]] || return 1
  echo "${BASH_REMATCH[1]//[\",]/}"
}

# interpreter MINOR: the folder of pyenv's newest Python of that minor.
interpreter() {
  local prefix newest='' patch=-1
  for prefix in "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*; do
    [[ ${prefix##*.} =~ ^[0-9]+$ && ${prefix##*.} -gt $patch ]] && newest=$prefix patch=${prefix##*.}
  done
  [[ -n $newest && -x $newest/bin/python$1 ]] && echo "$newest"
}

# hash FILE...: one short hash of what the files hold, and of the words on standard input.
hash() { { cat; cat -- "$@"; } | sha256sum | cut -c1-16; }

# The hash of all that is built, started or configured: with the same inputs there is nothing to do.
inputs() (
  cd "$here" || exit
  for minor in $(version pythons); do interpreter "$minor" || true; done |
    hash engine go.mod go.sum {distconsts,lib,sdk}/* shim/*/*.* shim/dang/pkg/*/* ../../src/versions.json "$certificates"
)
