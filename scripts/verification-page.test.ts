import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { infisicalEnvelope, refusal } from '@/lib/apis/infisical/envelope'
import { methodNotConfigured } from '@/lib/services/login/login'
import { type CheckId, checkIds, checkTable } from '@/lib/trust/engine/check-table'
import { reasons } from '@/lib/trust/engine/reasons'

const page = readFileSync(path.resolve(import.meta.dirname, '../docs/verification.md'), 'utf8')

/** The rows of the page's tables: a check, the reasons it can give, and the status of a login it decides. */
const rows = [...page.matchAll(/^\| `([^`]+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)].map(
  ([, id = '', codes = '', status = '']) => ({
    id,
    reasons: [...codes.matchAll(/`([^`]+)`/g)].map(([, code]) => code),
    status: status.trim(),
  }),
)

test('the page names every check, in the engine’s order', () => {
  const named = rows.map(({ id }) => id).filter((id) => id !== 'claim:<path>' && id !== 'method')
  expect(named).toEqual([...checkIds])
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([...Object.keys(checkTable), 'claim:<path>']))
})

test('the page names every reason, and none that does not exist', () => {
  const named = new Set(rows.flatMap((row) => row.reasons))
  expect([...named].sort()).toEqual([...reasons, methodNotConfigured.reason].sort())
})

test.each(rows.filter((row) => row.reasons.length > 0))(
  'the page is right about what $id answers',
  ({ id, status, reasons: [reason = ''] }) => {
    const error = refusal({ id: id as CheckId, message: '', reason })
    expect(String(infisicalEnvelope.ofError(error, 'req-00000000000000').status)).toBe(status)
  },
)
