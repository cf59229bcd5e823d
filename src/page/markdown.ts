import MarkdownIt, { type Token } from "markdown-it"

/** What a link may lead to: from a page that lies alone, nothing else leads anywhere. */
const LEADS = /^(?:https?:\/\/|mailto:)/i

const DEEPEST = 6

/** HTML in it is text, and whatever a renderer makes of links and images loads nothing and runs nothing. */
const renderer = new MarkdownIt({ html: false, linkify: true })
renderer.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
renderer.validateLink = (url) => LEADS.test(url)
renderer.renderer.rules.link_open = (tokens, at, options, _, self) => {
  tokens[at]?.attrSet("rel", "noreferrer")
  return self.renderToken(tokens, at, options)
}
renderer.renderer.rules.image = (tokens, at) =>
  renderer.utils.escapeHtml(tokens[at]?.content ?? "")
// What is too wide for a screen is moved by itself, by keyboard as well.
renderer.renderer.rules.table_open = () =>
  '<div class="wide" role="group" aria-label="table" tabindex="0"><table>'
renderer.renderer.rules.table_close = () => "</table></div>"

/** Foreign Markdown as HTML that is safe to show, its headings below one of this level. */
export function markdownHtml(text: string, below: number): string {
  const tokens = renderer.parse(text, {})
  setLevels(tokens, below)
  return renderer.renderer.render(tokens, renderer.options, {})
}

/** Foreign Markdown with its headings one level lower: what only looks like one, in code, stays as it is. */
export function lowered(text: string): string {
  const headings = renderer
    .parse(text, {})
    .filter(({ type }) => type === "heading_open")
  const lines = new Set(headings.map(({ map }) => map?.[0]))
  return text
    .split("\n")
    .map((line, at) => (lines.has(at) ? line.replace(/^#/, "##") : line))
    .join("\n")
}

/** The same for a line within a sentence. */
export function inlineHtml(text: string): string {
  return renderer.renderInline(text)
}

/** Each heading one level below the one that it belongs to, for those who walk through a page by its headings. */
function setLevels(tokens: readonly Token[], below: number): void {
  let open: number[] = []
  for (const token of tokens) {
    if (token.type === "heading_open") {
      const level = Number(token.tag.slice(1))
      open = [...open.filter((each) => each < level), level]
    }
    if (token.type.startsWith("heading_"))
      token.tag = `h${Math.min(DEEPEST, below + open.length)}`
  }
}
