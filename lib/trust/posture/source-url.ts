import { classifyHost } from '../host-address'
import { isRemote, type RemoteKeySource, type TrustPolicy } from '../policy'
import type { Path } from './finding'

/** A key source that is fetched, with its URL read; null = the URL cannot be read. */
export type RemoteSource = { source: RemoteKeySource; at: number; path: Path; url: URL | null }

export const remoteSources = ({ keys }: Pick<TrustPolicy, 'keys'>): RemoteSource[] =>
  keys.flatMap((source, at) =>
    isRemote(source) ? [{ source, at, path: ['keys', at, 'url'], url: readUrl(source.url) }] : [],
  )

/** Returns the URL that a text spells, or null. */
export const readUrl = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

export function isLoopback({ hostname }: URL): boolean {
  const verdict = classifyHost(hostname)
  return !verdict.public && verdict.kind === 'loopback'
}

/**
 * The part of a host name that one owner registers: the last two labels, or three below a suffix of two. An approximation that
 * joins what it does not know; used for hints, never for a decision about a token.
 */
export function registeredName({ hostname }: URL): string {
  const labels = hostname.toLowerCase().replace(/\.$/, '').split('.')
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return hostname
  const isLong = suffixes.has(labels.slice(-2).join('.'))
  return labels.slice(isLong ? -3 : -2).join('.')
}

/** Suffixes of two labels under which strangers register names. */
const suffixes = new Set([
  ...['co.uk', 'org.uk', 'gov.uk', 'ac.uk', 'com.au', 'net.au', 'org.au', 'co.nz', 'co.jp', 'ne.jp', 'or.jp', 'co.kr'],
  ...['com.br', 'com.cn', 'com.mx', 'com.tr', 'co.in', 'co.za', 'com.sg', 'com.hk', 'com.tw'],
  ...['github.io', 'gitlab.io', 'vercel.app', 'netlify.app', 'pages.dev', 'workers.dev', 'fly.dev', 'web.app'],
  ...['firebaseapp.com', 'herokuapp.com', 'azurewebsites.net', 'ngrok.io', 'ngrok.app', 'trycloudflare.com'],
])
