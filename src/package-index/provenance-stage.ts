import { attestationTools } from "../containers/images.js"
import { withPrograms } from "../containers/programs.js"
import type { Sought } from "./listing-stage.js"
import { type Proven, readProvenance } from "./provenance.js"
import {
  facing,
  type PackageIndex,
  withAsking,
  withReader,
  withSigstore,
} from "./stage.js"

const PROGRAMS = ["package-index/own_files.py", "package-index/provenance.py"]
const NOTHING: Proven = { summary: undefined, remarks: [] }

/** Asks an index that takes attestations who published the files, and verifies what it says; of what should be attested, it remarks where it says nothing. */
export async function provenance(
  { files, project }: Sought,
  index: PackageIndex,
  repository: string | undefined,
  attested: boolean,
): Promise<Proven> {
  if (!index.attests) return NOTHING
  const plan = {
    simpleUrl: index.simpleUrl,
    project,
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
    repository,
    sigstore: index.sigstore,
  }
  const tools = facing(attestationTools(index.mirrors), index)
  const told = await withPrograms(tools, PROGRAMS)
    .with(withAsking)
    .with(withSigstore)
    .withNewFile("/plan.json", JSON.stringify(plan))
    .with(
      withReader(index, (each) =>
        each.withExec(["python", "/provenance.py", "/plan.json"]),
      ),
    )
    .stdout()
  return readProvenance(told, index.name, attested)
}
