import {
  anyOf,
  type CiFacts,
  type CiFile,
  commands,
  githubSecrets,
  install,
  origin,
  promotionSecrets,
  releaseSecrets,
} from "./ci-facts.js"

export function jenkins(facts: CiFacts): CiFile[] {
  const { directory, gates, promote, release } = commands(
    facts,
    '"$WORKSPACE_TMP/bin/dagger"',
  )
  const github = githubSecrets(facts)
  const tag = '"$TAG_NAME"'
  const text = `// ${origin("JENKINS")}
// For a multibranch pipeline that discovers tags, on agents with Docker. Secret texts among the
// credentials: ${[...releaseSecrets(facts), ...promotionSecrets(facts), ...github].join(", ")}.
void prepare() {
    // All of its history and tags.
    checkout scmGit(
        branches: scm.branches,
        userRemoteConfigs: scm.userRemoteConfigs,
        extensions: [
            cleanBeforeCheckout(),
            cloneOption(shallow: false, noTags: false, depth: 0, honorRefspec: false, reference: '')
        ]
    )
    sh '${install(facts.dagger, '"$WORKSPACE_TMP/bin"')}'
}

void report() {
    // Not there before: a file more, and the tree is no longer the tag's.
    sh 'cp "$WORKSPACE_TMP/report.md" report.md; cat report.md'
    archiveArtifacts artifacts: 'report.md'
}

pipeline {
    agent none
    options {
        skipDefaultCheckout()
    }
    stages {
        stage('gates') {
            when {
                beforeAgent true
                not { buildingTag() }
            }
            agent { label 'docker' }
            steps {
                prepare()
                sh '${gates('"refs/heads/$BRANCH_NAME"')} > "$WORKSPACE_TMP/report.md" 2>&1'
            }
            post { always { report() } }
        }
        stage('release') {
            when {
                beforeAgent true
                tag(pattern: ${literal(anyOf(facts.tags))}, comparator: 'REGEXP')
            }
            agent { label 'docker' }
${environment([...releaseSecrets(facts), ...github])}            steps {
                prepare()
                sh '${release(tag, github)} > "$WORKSPACE_TMP/report.md" 2>&1'
                sh '${directory(tag, "release")}'
                stash(name: 'release', includes: 'release/*')
            }
            post { always { report() } }
        }
        stage('promote') {
            when {
                beforeAgent true
                beforeInput true
                tag(pattern: ${literal(anyOf(facts.production))}, comparator: 'REGEXP')
            }
            input {
                message 'Promote to PyPI?'
            }
            agent { label 'docker' }
${environment(promotionSecrets(facts))}            steps {
                prepare()
                unstash 'release'
                sh '${promote(tag, "--release release")} > "$WORKSPACE_TMP/report.md" 2>&1'
            }
            post { always { report() } }
        }
    }
}
`
  return [{ path: "Jenkinsfile", text }]
}

function environment(secrets: readonly string[]): string {
  if (secrets.length === 0) return ""
  const lines = secrets.map(
    (name) => `                ${name} = credentials('${name}')\n`,
  )
  return `            environment {\n${lines.join("")}            }\n`
}

/** A text of Groovy in which nothing is replaced. */
function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`
}
