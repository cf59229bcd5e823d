import { dag, type Directory, type File } from "@dagger.io/dagger"

import { SUMS } from "../files/distribution.js"
import { checksums } from "../files/distribution-stage.js"
import type { Forge } from "../forge/forge.js"
import { publishedFile } from "../forge/forge-files-stage.js"
import {
  fittingNotes,
  isTooLong,
  WHOLE_NOTES,
  withComparison,
} from "../forge/github-notes.js"
import type { GithubRelease } from "../forge/stage.js"
import { writeInstallers } from "../install-scripts/scripts-stage.js"
import { SBOM } from "../sbom/sbom.js"
import { signatureName } from "../signature/signature.js"
import { signatureOf } from "../signature/stage.js"
import { finding } from "./alone-stage.js"
import {
  assetName,
  isOurs,
  type Naming,
  namingOf,
  ownNames,
  RECORDS,
  releaseTitle,
} from "./asset-names.js"
import { type Caller, placesOf } from "./caller-stage.js"
import { extraFiles } from "./extras-stage.js"
import { keptSbom } from "./kept-stage.js"
import { prepare } from "./preflight-stage.js"
import {
  comparisonOf,
  markdownReport,
  pageReport,
  type Report,
} from "./report.js"
import { gateWork } from "./stages.js"
import type { TaggedSubject } from "./subject-stage.js"

/** What writes each record of a run. */
const WRITERS: Readonly<
  Record<(typeof RECORDS)[number], (report: Report) => string>
> = {
  "release-report.md": markdownReport,
  "release-report.html": pageReport,
}

/** The files of a release and its notes, to keep and to promote. */
export async function releaseDirectory(
  caller: Caller,
  tag: string,
): Promise<Directory> {
  const subject = await prepare(caller, tag, true, placesOf(caller))
  const files = await filesOf(subject)
  const { text } = await subject.notes()
  return files.withNewFile(WHOLE_NOTES, `${text}\n`)
}

/** The release as GitHub shall show it, with its files. */
export async function githubRelease(
  subject: TaggedSubject,
  github: Forge,
  report?: Report,
): Promise<GithubRelease> {
  const { assets, commit, notes, project, version } = subject
  const naming = namingOf(subject)
  const { text } = await notes()
  const kept = await publishedSbom(subject, github)
  const own = await filesOf(subject, kept)
  const files = isTooLong(text)
    ? own.withNewFile(WHOLE_NOTES, `${text}\n`)
    : own
  const shown = fittingNotes(text, assets === "" ? "" : assets + WHOLE_NOTES)
  const compared = project.github.comparison
    ? await comparedIn(subject, report)
    : ""
  return {
    version,
    title: releaseTitle(naming),
    notes: withComparison(shown, compared, version.tag),
    files: report ? withRecords(files, report, naming) : files,
    // A signature of the same sums may be written in other words.
    records: [...recordNames(naming), ...signatureNames(project)],
    isOurs: isOurs(naming),
    commit: await commit(),
    remarks: kept ? await remarkKept(subject, kept) : [],
  }
}

/** The SBOM stays as an earlier run published it. */
async function publishedSbom(
  { files, project, version }: TaggedSubject,
  github: Forge,
): Promise<File | undefined> {
  if (project.gates.skip.has("sbom")) return undefined
  const published = (name: string) => publishedFile(github, version.tag, name)
  const name = assetName(SBOM, namingOf({ project, version }))
  return keptSbom(name, published, project, await files())
}

async function remarkKept(
  { sbom }: TaggedSubject,
  kept: File,
): Promise<string[]> {
  const own = await sbom()
  const [now, then] = await Promise.all([own.file.contents(), kept.contents()])
  return now === then
    ? []
    : [
        `\`${SBOM}\` stays as an earlier run published it for these very files: that of this run says something else, such as newer dependencies.`,
      ]
}

/** What the run found, else what is found now. */
async function comparedIn(
  subject: TaggedSubject,
  report: Report | undefined,
): Promise<string> {
  if (report) return comparisonOf(report.stages)
  const work = gateWork("compare", subject)
  const { details = "", skipped } = await finding(work, subject.project)
  return skipped ? "" : details
}

function withRecords(
  files: Directory,
  report: Report,
  naming: Naming,
): Directory {
  return RECORDS.reduce(
    (each, name) =>
      each.withNewFile(assetName(name, naming), WRITERS[name](report)),
    files,
  )
}

function recordNames(naming: Naming): string[] {
  return RECORDS.map((name) => assetName(name, naming))
}

/** Wheel, sdist, install scripts and further files under the names that they are released with, and the sums of all. */
async function filesOf(
  { access, assets, project, source, version, ...built }: TaggedSubject,
  kept?: File,
): Promise<Directory> {
  const dist = await built.dist()
  const described = await built.files()
  const naming = namingOf({ project, version })
  const own = ownNames(naming)
  const { scripts } = await writeInstallers(dist, described, project, assets)
  const sbom = project.gates.skip.has("sbom")
    ? undefined
    : (kept ?? (await built.sbom()).file)
  const made = dist.withDirectory("/", scripts)
  const named = await namedAssets(
    sbom ? made.withFile(SBOM, sbom) : made,
    naming,
  )
  const files = named.withDirectory("/", await extraFiles(source, project, own))
  const sums = await checksums(files, described, project.mirrors)
  const signature = await signatureOf(sums, project, access)
  const summed = files.withNewFile(SUMS, sums)
  return signatureNames(project).reduce(
    (each, name) => (signature ? each.withFile(name, signature) : each),
    summed,
  )
}

/** The names that signatures have. */
function signatureNames({ publicKey }: TaggedSubject["project"]): string[] {
  return publicKey === undefined ? [] : [signatureName(publicKey)]
}

/** Gives the files of a release the names that the configuration asks for; those of a wheel, an sdist and their SHA256SUMS are given. */
async function namedAssets(
  files: Directory,
  naming: Naming,
): Promise<Directory> {
  let named = dag.directory()
  for (const file of await files.entries())
    named = named.withFile(assetName(file, naming), files.file(file))
  return named
}
