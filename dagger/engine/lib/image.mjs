// Adds an image to an OCI layout: node image.mjs LAYOUT NAME INPUTS BASE LAYER.tar [ENV=VALUE...]
// One layer on the image BASE (or on nothing, when BASE is empty). Images are named in index.json;
// the inputs they were made from stand beside the name. Layers stay uncompressed: they never travel.
import { createHash } from "node:crypto"
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { pipeline } from "node:stream/promises"

const [layout, name, inputs, base, layerFile, ...env] = process.argv.slice(2)
const blobs = join(layout, "blobs/sha256")
const indexFile = join(layout, "index.json")
const type = (kind) => `application/vnd.oci.image.${kind}`

const hashOf = async (file) => {
  const hash = createHash("sha256")
  await pipeline(createReadStream(file), hash)
  return `sha256:${hash.digest("hex")}`
}
const blob = (digest) => join(blobs, digest.slice("sha256:".length))
const read = (file) => JSON.parse(readFileSync(file, "utf8"))

async function addFile(mediaType, file) {
  const digest = await hashOf(file)
  const { size } = statSync(file)
  renameSync(file, blob(digest))
  return { mediaType, digest, size }
}

function addJson(mediaType, value) {
  const file = join(blobs, "new")
  writeFileSync(file, JSON.stringify(value))
  return addFile(mediaType, file)
}

// Blobs that no image names any more.
function sweep(index) {
  const used = new Set(
    index.manifests.flatMap((entry) => {
      const { config, layers } = read(blob(entry.digest))
      return [entry, config, ...layers].map((part) => part.digest)
    }),
  )
  for (const file of readdirSync(blobs))
    if (!used.has(`sha256:${file}`)) rmSync(join(blobs, file))
}

mkdirSync(blobs, { recursive: true })
writeFileSync(
  join(layout, "oci-layout"),
  JSON.stringify({ imageLayoutVersion: "1.0.0" }),
)
const index = existsSync(indexFile)
  ? read(indexFile)
  : { schemaVersion: 2, mediaType: type("index.v1+json"), manifests: [] }
const named = (wanted) =>
  index.manifests.find((entry) => entry.annotations.name === wanted)

const below = base === "" ? undefined : read(blob(named(base).digest))
const belowConfig = below && read(blob(below.config.digest))
const layer = await addFile(type("layer.v1.tar"), layerFile)
const architecture = { x64: "amd64", arm64: "arm64" }[process.arch]
const config = await addJson(type("config.v1+json"), {
  architecture,
  os: "linux",
  config: { Env: [...(belowConfig?.config.Env ?? []), ...env], Cmd: ["bash"] },
  rootfs: {
    type: "layers",
    diff_ids: [...(belowConfig?.rootfs.diff_ids ?? []), layer.digest],
  },
})
const manifest = await addJson(type("manifest.v1+json"), {
  schemaVersion: 2,
  mediaType: type("manifest.v1+json"),
  config,
  layers: [...(below?.layers ?? []), layer],
})
index.manifests = index.manifests.filter(
  (entry) => entry.annotations.name !== name,
)
index.manifests.push({ ...manifest, annotations: { name, inputs } })
writeFileSync(`${indexFile}.new`, JSON.stringify(index, null, 1))
renameSync(`${indexFile}.new`, indexFile)
sweep(index)
