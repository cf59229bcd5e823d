#!/usr/bin/env bash
# namespace.sh ROOT RUN REGISTRY: the first process of the engine's own process and mount
# namespace. When it ends, however it ends, the kernel takes away every process and mount in there.
set -euo pipefail
root=$1 run=$2 registry=$3
lib=$(dirname "$0")

# /proc is still the machine's: this is the number and start time that others know this process by.
read -r stat </proc/self/stat
mount -t proc proc /proc

for dir in /run/buildkit /run/containers /run/runc /var/lib/cni; do
  mkdir -p "$dir" && mount -t tmpfs tmpfs "$dir"
done
mkdir -p /run/dagger && mount --bind "$run" /run/dagger

# The engine looks for both iptables in /usr/bin and puts links there.
rm -rf "$root/overlay" && mkdir -p "$root"/overlay/{upper,work}
ln -s /usr/sbin/xtables-{legacy,nft}-multi "$root/overlay/upper/"
mount -t overlay overlay -o "lowerdir=/usr/bin,upperdir=$root/overlay/upper,workdir=$root/overlay/work" /usr/bin

# What a killed engine left.
export TMPDIR=$root/tmp
rm -rf "$TMPDIR" "$root/saved" "$root/state/net/cni" && mkdir -p "$TMPDIR"

ulimit -n 524288 2>/dev/null || true
cd /
while :; do node "$lib/registry.mjs" "$root/images" "$registry" || sleep 1; done &
"$root/bin/engine" --config "$root/engine.toml" --root "$root/state" \
  --oci-cni-binary-dir "$root/bin" --oci-cni-pool-size 8 &
engine=$!
trap 'kill -TERM $engine' TERM
echo "${stat%% *} $(cut -d' ' -f20 <<<"${stat##*) }")" >"$run/pid"

# A signal interrupts the wait, not the engine. It saves its caches when it is told to end, and says by its code that it did.
code=1
while kill -0 $engine 2>/dev/null; do wait $engine && code=0 || code=$?; done
[ $code -ne 0 ] || touch "$root/saved"
# What this process leaves takes a while to go: until then nobody may take the engine for a living one.
rm -f "$run/engine.sock"
