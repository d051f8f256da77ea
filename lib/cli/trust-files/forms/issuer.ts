import { invalid, parseInput } from '@/lib/apis/field-issues'
import { toDraft, uint64OfWire } from '@/lib/apis/nativeframe/issuers/mapper'
import { IssuerInput } from '@/lib/apis/nativeframe/issuers/wire'
import { defineTrustForm, hasAny } from '../form'
import { toJudged } from '../to-judged'

/** NativeFrame's issuers. */
export const issuer = defineTrustForm({
  id: 'nativeframe-issuer',
  title: 'an issuer of NativeFrame',
  isMeant: (members) => hasAny(members, ['iss', 'JWKsURL']),
  toTrust(members) {
    const { prm } = members
    if (uint64OfWire(prm) === null) {
      throw invalid([{ path: ['prm'], code: 'invalid_type', message: 'Give an integer from 0 to 2^64 - 1.' }])
    }
    return toJudged(toDraft(parseInput(IssuerInput, members)))
  },
})
