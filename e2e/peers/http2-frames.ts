/** A frame: three bytes of length, then type, flags, stream and payload (RFC 9113 §4.1). */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(9)
  header.writeUIntBE(payload.length, 0, 3)
  header.writeUInt8(type, 3)
  header.writeUInt8(flags, 4)
  header.writeUInt32BE(stream, 5)
  return Buffer.concat([header, payload])
}

/** What a client sends first: the preface of HTTP/2 and empty settings (RFC 9113 §3.4). */
export const preface = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0)])

/** The frames that have arrived whole. */
export function framesIn(bytes: Buffer): { type: number; stream: number }[] {
  const frames = []
  for (let at = 0; at + 9 <= bytes.length; at += 9 + bytes.readUIntBE(at, 3)) {
    frames.push({ type: bytes.readUInt8(at + 3), stream: bytes.readUInt32BE(at + 5) })
  }
  return frames
}

/** A header as HPACK writes it in full; 0x40 = and puts it into the table (RFC 7541 §6.2). */
export function literal(name: string, value: string, kind = 0): Buffer {
  return Buffer.concat([Buffer.from([kind]), lengthOf(name), Buffer.from(name), lengthOf(value), Buffer.from(value)])
}

/** A length with a prefix of seven bits (RFC 7541 §5.1). */
function lengthOf({ length }: string): Buffer {
  if (length < 127) return Buffer.from([length])
  const bytes = [127]
  let rest = length - 127
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}
