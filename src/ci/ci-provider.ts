/** Who runs the pipeline. */
export enum CiProvider {
  /** GitHub Actions. */
  Github = "github",
  /** GitLab CI. */
  Gitlab = "gitlab",
  /** Jenkins, as a multibranch pipeline. */
  Jenkins = "jenkins",
  /** CircleCI. */
  Circleci = "circleci",
  /** Buildkite. */
  Buildkite = "buildkite",
  /** Woodpecker CI. */
  Woodpecker = "woodpecker",
  /** A POSIX shell script, for any other and for people. */
  Shell = "shell",
}
