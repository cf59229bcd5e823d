/**
 * Whether files go to whom the token is for: the API's own host, or the one that GitHub has for uploads beside it
 * (`api.` and `uploads.` of github.com and of GHE.com; GitHub's REST API, "Upload a release asset").
 */
export function isOwnUpload(api: string, address: string): boolean {
  if (!URL.canParse(address)) return false
  const [own, upload] = [new URL(api), new URL(address)]
  const beside = own.host.replace(/^api\./, "uploads.")
  return (
    upload.protocol === own.protocol && [own.host, beside].includes(upload.host)
  )
}
