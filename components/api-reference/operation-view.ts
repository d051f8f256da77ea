import { type Schema, toList, toObject, toText } from './json-schema'
import { type SchemaRow, schemaRows } from './schema-rows'
import { limitWords, typeWords } from './type-words'

export type ParameterView = SchemaRow & { in: string }

/** A body or an answer: media type and fields. `type` describes one without fields. */
export type PayloadView = { mediaType: string; type: string; rows: SchemaRow[]; schema: Schema }

export type AnswerView = { status: string; description: string; payload: PayloadView | null }

/** One operation of the document, prepared for display. */
export type OperationView = {
  /** Unique in the page, valid in a URL's fragment. */
  anchor: string
  tag: string
  method: string
  path: string
  summary: string
  description: string | null
  needsSignIn: boolean
  parameters: ParameterView[]
  bodies: PayloadView[]
  answers: AnswerView[]
  errors: AnswerView[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Returns every operation of an OpenAPI 3.1 document, in its order. */
export function listOperations(document: Schema): OperationView[] {
  return Object.entries(toObject(document.paths)).flatMap(([path, item]) => {
    const operations = toObject(item)
    return methods.flatMap((method) =>
      operations[method] ? [toView(document, path, method, toObject(operations[method]))] : [],
    )
  })
}

/** Groups operations by the document's tags, in their order; unknown tags come last. */
export function groupByTag(document: Schema, operations: readonly OperationView[]) {
  const described = toList(document.tags).map((tag) => ({
    name: toText(toObject(tag).name) ?? '',
    description: toText(toObject(tag).description) ?? null,
  }))
  const others = [...new Set(operations.map(({ tag }) => tag))]
    .filter((tag) => !described.some(({ name }) => name === tag))
    .map((name) => ({ name, description: null }))
  return [...described, ...others]
    .map((tag) => ({ ...tag, operations: operations.filter((operation) => operation.tag === tag.name) }))
    .filter((group) => group.operations.length > 0)
}

/** Whether every word of a search occurs in an operation's method, path or description. */
export function matchesSearch(operation: OperationView, search: string): boolean {
  const { method, path, summary, description, tag } = operation
  const text = `${method} ${path} ${summary} ${description ?? ''} ${tag}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function toView(document: Schema, path: string, method: string, operation: Schema): OperationView {
  const all = Object.entries(toObject(operation.responses)).map(([status, answer]) =>
    toAnswer(document, status, answer),
  )
  return {
    anchor: (toText(operation.operationId) ?? `${method}-${path}`).replaceAll(/[^\w.-]+/g, '-'),
    tag: toText(toList(operation.tags)[0]) ?? 'Other',
    method: method.toUpperCase(),
    path,
    summary: toText(operation.summary) ?? `${method.toUpperCase()} ${path}`,
    description: toText(operation.description) ?? null,
    needsSignIn: toList(operation.security ?? document.security).length > 0,
    parameters: toList(operation.parameters).map((parameter) => toParameter(document, toObject(parameter))),
    bodies: toPayloads(document, operation.requestBody),
    answers: all.filter(({ status }) => /^[123]/.test(status)),
    errors: all.filter(({ status }) => !/^[123]/.test(status)),
  }
}

function toParameter(document: Schema, parameter: Schema): ParameterView {
  const schema = toObject(parameter.schema)
  return {
    in: toText(parameter.in) ?? 'query',
    path: toText(parameter.name) ?? '',
    form: null,
    type: typeWords(document, schema),
    required: parameter.required === true,
    default: schema.default === undefined ? null : JSON.stringify(schema.default),
    description: toText(parameter.description) ?? toText(schema.description) ?? null,
    limits: limitWords(schema),
  }
}

function toAnswer(document: Schema, status: string, answer: unknown): AnswerView {
  return {
    status,
    description: toText(toObject(answer).description) ?? '',
    payload: toPayloads(document, answer)[0] ?? null,
  }
}

function toPayloads(document: Schema, holder: unknown): PayloadView[] {
  return Object.entries(toObject(toObject(holder).content)).map(([mediaType, media]) => {
    const schema = toObject(toObject(media).schema)
    return { mediaType, type: typeWords(document, schema), rows: schemaRows(document, schema), schema }
  })
}
