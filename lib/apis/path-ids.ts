import { AppError } from '@/lib/errors'
import { canonicalId } from '@/lib/trust/uuid'

/**
 * Returns a body without the ids of its path, for APIs whose clients send them twice.
 * @throws AppError `rule` when one differs from the path's
 */
export function withoutPathIds(body: unknown, params: Readonly<Record<string, unknown>>): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const repeated = Object.keys(params).filter((name) => Object.hasOwn(body, name))
  const members = new Map(Object.entries(body))
  for (const name of repeated) {
    if (!isSameId(members.get(name), params[name])) throw differs(name)
    members.delete(name)
  }
  return repeated.length === 0 ? body : Object.fromEntries(members)
}

const isSameId = (one: unknown, other: unknown) =>
  typeof one === 'string' && typeof other === 'string' && canonicalId(one) === canonicalId(other)

function differs(name: string) {
  const message = `${name}: The body names another one than the path. Send the same in both, or leave it out of the body.`
  return new AppError('rule', message, {
    reason: 'path_id_differs',
    fields: [{ path: [name], code: 'path_id_differs', message }],
  })
}
