import { describe, expect, it } from "vitest"

import { isOftenSecret, isSecret } from "../../src/reading/secrets.js"

describe("a file may open something by its name", () => {
  it.each([
    ...[".env", "a/.env.local", "prod.env", ".envrc", ".pypirc", "a/.netrc"],
    ...["id_ed25519", ".aws/credentials", "a/key.p12", "main.tfstate"],
    ...[".ENV", "a/.Env.local", "Prod.env", ".NETRC", ".env~", ".env-prod"],
  ])("%s", (path) => {
    expect(isSecret(path)).toBe(true)
    expect(isOftenSecret(path)).toBe(true)
  })

  it.each([
    ...[".env.example", "example.env", "env.py", "credentials", "a/id_rsa.pub"],
    ...["environment.ts", "key.json", ".env-sample", ".environment"],
  ])("and %s does not", (path) => {
    expect(isSecret(path)).toBe(false)
  })
})

describe("what no commit has", () => {
  it.each([
    ...["a.pem", "b.key", "config/master.key", "AuthKey_1.p8", "x.tfvars"],
    ...[".npmrc", ".pgpass", ".my.cnf", ".boto", ".s3cfg", ".terraformrc"],
    ...[".databrickscfg", ".docker/config.json", ".kube/config", "kubeconfig"],
    ...[".config/gh/hosts.yml", ".azure/accessTokens.json", ".ssh/config"],
    ...[".gnupg/secring.gpg", ".config/gcloud/active_config", "id_rsa_work"],
    ...["credentials", "credentials.json", ".cargo/credentials.toml"],
    ...["service-account.json", "service_account-prod.json", "auth.json"],
    ...["gha-creds-1.json", "application_default_credentials.json"],
    ...["client_secret_1.apps.json", "secrets.toml", "Secrets.YAML"],
    ...[".secrets.toml", ".streamlit/secrets.toml", ".secrets", "secret.txt"],
    ...["secrets/a.txt", ".vault-token", "token", "github_token.txt"],
    ...["token.json", "passwords.txt", "db-password"],
  ])("is often secret by its name, in any case of letters: %s", (path) => {
    expect(isOftenSecret(path)).toBe(true)
  })

  it.each([
    ...["wren/secrets.py", "wren/secrets/_version.py", "wren/token.pyi"],
    ...["wren/credentials.cpython-312-x86_64-linux-gnu.so", "token.ts"],
    ...[
      "models/special_tokens_map.json",
      "tokenizer.json",
      "models/tokens.txt",
    ],
    ...["venv/lib/python3.12/site-packages/certifi/cacert.pem", "monkey"],
    ...["id_rsa.pub", "secrets.example.toml", "docs/secrets.md", "keys.json"],
    ...["wren/_version.py", "data.json", "build/lib/wren.txt", "Tokens.txt.gz"],
    ...["secretary.json", "wren/accredited.txt", "author.json"],
  ])("is a file like any other: %s", (path) => {
    expect(isOftenSecret(path)).toBe(false)
  })
})
