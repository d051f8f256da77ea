import type { Db } from '@/lib/db/client'
import { ruleOf, toPresetAnswer } from '@/lib/model/finding-answers'
import type { FindingAnswer, MuteAnswer } from '@/lib/model/posture'
import { type FoundRule, laterStories } from '@/lib/model/summary'
import { presetOf } from '@/lib/trust/presets'
import { type Mute, toMuteAnswer } from './mutes'
import type { ViewedTrust } from './posture-view'
import { readFound } from './read-found'

/** Trusts of a page with the worst finding of each rule, in the order of the page. Those that are gone are left out. */
export async function listedTrusts(db: Db, page: readonly ViewedTrust[], mutes: ReadonlyMap<string, Mute[]>) {
  if (page.length === 0) return []
  const rows = await db.trust.findMany({
    where: { id: { in: page.map(({ id }) => id) } },
    select: {
      ...{ id: true, issuer: true, identityId: true },
      identity: { select: { name: true, role: true, isCanary: true } },
      posture: { select: { presetId: true, sentence: true, found: true, stories: true, admitted: true } },
    },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return page.flatMap(({ id, name, kind: method, enabled, version, score, worst }) => {
    const row = byId.get(id)
    if (!row?.posture) return []
    const { presetId, sentence, found, stories, admitted } = row.posture
    const preset = presetId === null ? null : presetOf(presetId)
    return [
      {
        ...{ id, name, method, enabled, version, score, worst, sentence },
        ...{ identityId: row.identityId, identityName: row.identity?.name ?? null, issuer: row.issuer },
        role: row.identity?.role ?? null,
        isCanary: row.identity?.isCanary ?? false,
        preset: preset && toPresetAnswer(preset),
        findings: (readFound(found) ?? []).map((one) => toListedFinding(one, mutes.get(id) ?? [])),
        strangers:
          stories === null || stories === laterStories || admitted === null ? null : { admitted, total: stories },
        isPartial: stories === laterStories,
      },
    ]
  })
}

function toListedFinding({ rule: id, ...found }: FoundRule, mutes: readonly Mute[]): FindingAnswer {
  const rule = ruleOf(id)
  const mute = mutes.find((one) => one.rule === id)
  return {
    ...{ id, ...found, title: rule?.title ?? id, opens: rule?.opens ?? '', blocks: rule?.blocksEnabling ?? false },
    ...(mute ? { mute: toMuteAnswer(mute) satisfies MuteAnswer } : {}),
  }
}
