declare module 'proxy-from-env' {
  /** The URL of the proxy for a URL by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; '' = none. */
  export function getProxyForUrl(url: string | URL): string
}
