/** Whether a link leads to another page of this site. `beforeunload` handles other navigation. */
export function leavesPage(
  link: { href: string; target: string; hasDownload: boolean },
  location: { origin: string; pathname: string },
): boolean {
  if (link.hasDownload || (link.target !== '' && link.target !== '_self')) return false
  if (!URL.canParse(link.href)) return false
  const url = new URL(link.href)
  return url.origin === location.origin && url.pathname !== location.pathname
}
