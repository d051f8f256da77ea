import { base64url } from 'jose'

/** 256 random bits, as written into a cookie or an address. Rows hold the SHA-256. */
export const newSecret = () => base64url.encode(crypto.getRandomValues(new Uint8Array(32)))

/** Whether a text can be such a secret. */
export const isSecret = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)
