/** Describes how a session began. */
export const methodWords = (method: string | null): string => methods[method ?? ''] ?? method ?? 'Not known'

const methods: Record<string, string> = {
  password: 'Password',
  'password+code': 'Password and code',
  provider: 'Provider',
  'provider+code': 'Provider and code',
  passkey: 'Passkey',
}

/** Returns browser and system of a user agent; an unknown one as it is. */
export function browserWords(userAgent: string | null): string {
  if (userAgent === null) return 'Not known'
  const browser = browsers.find(([, mark]) => mark.test(userAgent))?.[0]
  const system = systems.find(([, mark]) => mark.test(userAgent))?.[0]
  if (!browser) return userAgent.length > 60 ? `${userAgent.slice(0, 60)}…` : userAgent
  return system ? `${browser} on ${system}` : browser
}

/** In this order: many user agents name others as well. */
const browsers: [string, RegExp][] = [
  ['Edge', /\bEdg(A|iOS)?\//],
  ['Opera', /\bOPR\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bVersion\/[\d.]+ .*Safari\//],
]

const systems: [string, RegExp][] = [
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(iPhone|iPad)\b/],
  ['Windows', /\bWindows NT\b/],
  ['macOS', /\bMac OS X\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
]
