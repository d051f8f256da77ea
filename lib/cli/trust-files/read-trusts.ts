import { z } from 'zod'
import { toFieldIssues } from '@/lib/apis/field-issues'
import { AppError, type FieldIssue } from '@/lib/errors'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/trust/json/json'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { WrongUsage } from '../command'
import { trustForms } from './forms'

/** A trust of a file, and its place in it. `claims` of a token that it is meant for lie beside it, as POST /api/admin/analyse takes them. */
export type FiledTrust = { file: string; place: (string | number)[]; trust: JudgedPolicy; claims?: JsonObject }

/** Members that hold one trust, or a list of them, in answers. */
const wrappers = [
  'trust',
  'trusts',
  'identityJwtAuth',
  'identityOidcAuth',
  'idp',
  'result',
  'issuer',
  'issuers',
  'body',
]

/** Of one file. */
const trustsMax = 10_000

/**
 * Returns the trusts in a value: one, a list, or the answer of an API that holds some.
 * @throws WrongUsage that names the first wrong field
 */
export function readTrusts(file: string, value: JsonValue): FiledTrust[] {
  const trusts = trustsIn(file, value, [])
  // A check of nothing would pass.
  if (trusts.length === 0) throw wrong(file, [], 'It holds no trust.')
  return trusts
}

function trustsIn(file: string, value: JsonValue, place: FiledTrust['place']): FiledTrust[] {
  if (Array.isArray(value)) {
    if (value.length > trustsMax) throw wrong(file, place, `It holds more than ${trustsMax} trusts.`)
    return value.flatMap((item, at) => trustsIn(file, item, [...place, at]))
  }
  if (!isJsonObject(value)) throw wrong(file, place, 'A trust as a JSON object is expected.')
  const form = trustForms.find((one) => one.isMeant(value))
  if (form) return [{ file, place, trust: parsed(file, place, () => form.toTrust(value)) }]
  const wrapper = wrappers.find((name) => isHolder(value, name))
  if (wrapper !== undefined) {
    const beside = claimsBeside(file, value, place)
    return trustsIn(file, value[wrapper] ?? null, [...place, wrapper]).map((filed) => ({ ...beside, ...filed }))
  }
  const known = trustForms.map(({ title }) => title).join(', ')
  throw wrong(file, place, `Its members are those of no known form (${known}).`)
}

function claimsBeside(file: string, { claims }: JsonObject, place: FiledTrust['place']): { claims?: JsonObject } {
  if (claims === undefined) return {}
  if (isJsonObject(claims)) return { claims }
  throw wrong(file, [...place, 'claims'], 'The claims of a token as a JSON object are expected.')
}

const isHolder = (members: JsonObject, name: string) => isJsonObject(members[name]) || Array.isArray(members[name])

function parsed<Result>(file: string, place: FiledTrust['place'], parse: () => Result): Result {
  try {
    return parse()
  } catch (error) {
    const [first] = issuesOf(error)
    if (!first) throw error
    throw wrong(file, [...place, ...first.path], first.message)
  }
}

function issuesOf(error: unknown): FieldIssue[] {
  if (error instanceof z.ZodError) return toFieldIssues(error)
  return error instanceof AppError ? error.fields : []
}

const wrong = (file: string, place: FiledTrust['place'], message: string) =>
  new WrongUsage(`${file}${place.length > 0 ? `: ${place.join('.')}` : ''}: ${message}`)
