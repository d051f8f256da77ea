/** Returns the host of a URL, with its port; a text that is not a URL as it is. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
