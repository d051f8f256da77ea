import { describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { at, minutesLater, sealedLog, verified } from '@/e2e/fixtures/sealed-log'
import { newEvidenceKey, publicHalf } from '@/lib/db/evidence/checkpoint-signature'
import { seal } from '../installation/seal'
import { evidenceKey, evidenceKeySet } from './evidence-key'
import { addCheckpoint } from './make-checkpoint'

const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)

  test('published keys are the halves of the sealed private keys, whatever the column of public keys says', async () => {
    const log = await sealedLog(db())
    await addCheckpoint(db(), log, at)
    const [published] = await evidenceKeySet(db())
    const planted = publicHalf(newEvidenceKey())
    await db().evidenceKey.updateMany({ data: { publicJwk: JSON.stringify(planted) } })
    expect(await evidenceKeySet(db())).toEqual([published])
    expect(await verified(db(), log)).toMatchObject({ intact: true, checkpoints: 1 })
  })

  test('a key that was put into the database by hand is neither published nor signed with', async () => {
    const { publicJwk } = await evidenceKey(db(), at)
    const planted = newEvidenceKey()
    const { kid } = publicHalf(planted)
    const forms = [
      JSON.stringify(planted),
      await seal('second-factor', JSON.stringify(planted)),
      await seal('evidence-key', '{}'),
    ]
    await db().evidenceKey.createMany({
      data: forms.map((privateJwk, number) => ({
        ...{ id: `${kid}${number}`, publicJwk: JSON.stringify(publicHalf(planted)), privateJwk },
        createdAt: minutesLater(60),
      })),
    })
    expect(await evidenceKeySet(db())).toEqual([publicJwk])
    expect((await evidenceKey(db(), at)).publicJwk).toEqual(publicJwk)
  })
})
