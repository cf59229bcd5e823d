import {
  type CiFacts,
  type CiFile,
  commands,
  GITHUB_TOKEN,
  githubSecrets,
  install,
  origin,
  promotionSecrets,
  releaseSecrets,
} from "./ci-facts.js"

export function shell(facts: CiFacts): CiFile[] {
  const { directory, gates, promote, release } = commands(facts)
  const github = githubSecrets(facts)
  const folder = '"$work/release"'
  const promotion = facts.github
    ? `${promote('"$2"', GITHUB_TOKEN)} > "$report" 2>&1`
    : `${directory('"$2"', folder)} >&2
    ${promote('"$2"', "--release", folder)} > "$report" 2>&1`
  const text = `#!/bin/sh
# ${origin("SHELL")}
#
#   shipwheel.sh gates REF     every gate, for a branch such as refs/heads/develop
#   shipwheel.sh release TAG   with ${[...releaseSecrets(facts), ...github].join(", ")} in the environment
#   shipwheel.sh promote TAG   to PyPI, by hand, with ${[...promotionSecrets(facts), ...github].join(", ")}
#
# The report goes to the output and, where SHIPWHEEL_REPORT names a file, into that.
# Needed are Docker, or an engine that dagger finds, and a clone with all of its tags.
set -eu

if [ $# -ne 2 ]; then
  sed -n '4,6s/^#   //p' "$0" >&2
  exit 2
fi

work=$(mktemp -d)
report=\${SHIPWHEEL_REPORT:-$work/report.md}
trap 'cat "$report"; rm -rf "$work"' EXIT
: > "$report"

if ! command -v dagger > /dev/null; then
  ${install(facts.dagger, '"$work"')} >&2
  PATH=$work:$PATH
fi

case $1 in
  gates)
    ${gates('"$2"')} > "$report" 2>&1
    ;;
  release)
    ${release('"$2"', github)} > "$report" 2>&1
    ;;
  promote)
    ${promotion}
    ;;
  *)
    echo "shipwheel.sh: no such step: $1" > "$report"
    exit 2
    ;;
esac
`
  return [{ path: "ci/shipwheel.sh", text }]
}
