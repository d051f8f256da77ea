/** How the bytes of a call are written: the protocol around its message, and the message itself. */
export type WireFormat = {
  protocol: 'grpc' | 'grpc-web' | 'connect'
  isJson: boolean
  /** The whole body is base64, as Google's own gRPC-web client sends it. */
  isText: boolean
  /** The media type without its variants, as the library knows it. */
  contentType: string
}

const mediaType = /^application\/(?:(grpc-web-text|grpc-web|grpc)(?:\+(proto|json))?|(proto|json))$/

/** The wire format that a `Content-Type` names, or null. Its parameters, such as a charset, do not matter. */
export function wireFormatOf(contentType: string): WireFormat | null {
  const match = mediaType.exec(contentType.split(';')[0]?.trim().toLowerCase() ?? '')
  if (!match) return null
  const [, framed, codec = match[3]] = match
  const isJson = codec === 'json'
  const codecName = isJson ? 'json' : 'proto'
  if (framed === undefined) {
    return { protocol: 'connect', isJson, isText: false, contentType: `application/${codecName}` }
  }
  const isText = framed === 'grpc-web-text'
  const protocol = framed === 'grpc' ? 'grpc' : 'grpc-web'
  return { protocol, isJson, isText, contentType: `application/${protocol}+${codecName}` }
}
