# shellcheck shell=bash
# The base images, under the names that Docker Hub has them, and the SDK that runs TypeScript modules.

debian_image=library/debian:bookworm-slim
system_path=PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin

images() {
  local minor node python below
  node=$(version node) node_image=library/node:${node%%.*}-slim
  image $debian_image "" "" "$certificates" -- debian_layer "$system_path"
  below=$inputs
  for minor in $(version pythons); do
    python=$(interpreter "$minor")
    image "library/python:$minor-slim" $debian_image "$below $python" -- python_layer LD_LIBRARY_PATH=/usr/local/lib
  done
  image "$node_image" $debian_image "$below $node $(version npm)" -- node_layer
  image sdk/typescript:latest "$node_image" "$inputs $(version dagger) $(version esbuild) $(version tsx)" \
    "$root/bin/codegen" "$here"/sdk/* -- sdk_layer
}

# image NAME BASE WORDS FILE... -- LAYER [ENV=VALUE...]: one layer, made by the function LAYER in $layer,
# on the image BASE, unless it was made from the same words and files before. Leaves $inputs.
image() {
  local name=$1 base=$2 words=$3 files=() seconds=30
  shift 3
  while [ "$1" != -- ]; do files+=("$1"); shift; done
  shift
  inputs=$({ echo "$words $*"; declare -f make_image "$1"; } | hash "$here/lib/image.mjs" "${files[@]}")
  [ -z "$base" ] || seconds=5
  [ "$(image_inputs "$name")" = "$inputs" ] || step "image-${name//[\/:]/-}" "image $name: some $seconds seconds" make_image "$name" "$base" "$@"
}

# The inputs that an image was made from: the annotation right after its name in the index.
image_inputs() {
  [ ! -e "$images/index.json" ] || sed -n "\\|\"name\": \"$1\"|{n;s/.*\"inputs\": \"\\(.*\\)\".*/\\1/p}" "$images/index.json"
}
image_digest() {
  sed -n "/\"digest\"/{s/.*: \"\\(.*\\)\".*/\\1/;h};\\|\"name\": \"$1\"|{g;p}" "$images/index.json"
}

make_image() {
  local name=$1 base=$2 make=$3 work=$root/work
  shift 3
  layer=$work/layer
  rm -rf "$work"
  mkdir -p "$layer"
  cd "$work" || return
  $make
  tar -C "$layer" --sort=name --numeric-owner -cf "$work/layer.tar" .
  node "$here/lib/image.mjs" "$images" "$name" "$inputs" "$base" "$work/layer.tar" "$@"
  rm -rf "$work"
}

debian_layer() {
  mmdebstrap --variant=minbase --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --include=ca-certificates,git,netbase,libssl3,libffi8,libsqlite3-0,libreadline8,zlib1g,libbz2-1.0,liblzma5,libncursesw6,libuuid1,libexpat1 \
    bookworm debian.tar
  tar -C "$layer" --exclude='./dev/*' -xf debian.tar
  cp "$certificates" "$layer$certificates"
}

# The interpreter as pyenv built it, with the pip that it bundles, like the official image.
python_layer() {
  local into=$layer/usr/local lib=lib/python$minor
  mkdir -p "$into/bin"
  tar -C "$python" --exclude="$lib/site-packages/*" --exclude="$lib/test" --exclude='*.a' --exclude=__pycache__ \
    -cf - lib include "bin/python$minor" | tar -C "$into" -xf -
  ln -s "python$minor" "$into/bin/python3"
  ln -s python3 "$into/bin/python"
  "$python/bin/python$minor" -m zipfile -e "$into/$lib"/ensurepip/_bundled/pip-*.whl "$into/$lib/site-packages"
  printf '#!/usr/local/bin/python\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n' >"$into/bin/pip"
  chmod +x "$into/bin/pip"
}

node_layer() {
  local into=$layer/usr/local arch command
  arch=$(node -p process.arch)
  mkdir -p "$into/bin" "$into/lib/node_modules"
  npm pack --silent "node-linux-$arch@$(version node)" "npm@$(version npm)"
  tar -xzf node-linux-*.tgz package/bin/node && mv package/bin/node "$into/bin/"
  rm -rf package
  tar -xzf npm-*.tgz && mv package "$into/lib/node_modules/npm"
  for command in npm npx; do
    chmod +x "$into/lib/node_modules/npm/bin/$command-cli.js"
    ln -s "../lib/node_modules/npm/bin/$command-cli.js" "$into/bin/$command"
  done
}

sdk_layer() {
  mkdir "$layer/runtime"
  cd "$layer/runtime" || return
  cp "$here"/sdk/* "$root/bin/codegen" .
  npm install --no-audit --no-fund --prefix . "@dagger.io/dagger@$(version dagger)" "esbuild@$(version esbuild)" "tsx@$(version tsx)"
  node library.mjs library
}
