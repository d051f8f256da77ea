export type FlatValue = string | number | boolean | null
export type FlatObject = Readonly<Record<string, FlatValue | undefined>>

/**
 * Canonical JSON (RFC 8785) of an object of plain values with whole numbers. Members that are undefined are left out; halves of characters, which
 * no database stores, are replaced as the databases do.
 */
export function canonicalJson(value: FlatObject): string {
  let text = ''
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}${canonicalValue(name)}:${canonicalValue(member)}`
  }
  return `{${text}}`
}

/** One value. JSON.stringify writes texts and whole numbers as RFC 8785 §3.2.2 asks; names are ours, without characters to escape. */
export const canonicalValue = (value: FlatValue) =>
  JSON.stringify(typeof value === 'string' ? wellFormed(value) : value)

/** Whole characters outside the BMP are looked at too, and come back as they are: without the flag `u` this is far quicker. */
const wellFormed = (text: string) => (/[\uD800-\uDFFF]/.test(text) ? Buffer.from(text).toString() : text)
