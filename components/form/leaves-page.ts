/** Whether following a link would leave this page for another one of this site. Everything else is not ours to hold up: `beforeunload` covers it. */
export function leavesPage(
  link: { href: string; target: string; hasDownload: boolean },
  location: { origin: string; pathname: string },
): boolean {
  if (link.hasDownload || (link.target !== '' && link.target !== '_self')) return false
  if (!URL.canParse(link.href)) return false
  const url = new URL(link.href)
  return url.origin === location.origin && url.pathname !== location.pathname
}
