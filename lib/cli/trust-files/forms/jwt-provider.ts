import { parseInput } from '@/lib/apis/field-issues'
import { fromAddJwtProvider } from '@/lib/apis/zitadel/idps/idp'
import { toDraft } from '@/lib/apis/zitadel/idps/mapper'
import { requests } from '@/lib/apis/zitadel/idps/wire'
import { isJsonObject, type JsonObject } from '@/lib/trust/json/json'
import { defineTrustForm, hasAny } from '../form'
import { toJudged } from '../to-judged'

const { addJwtProvider } = requests('management')

/** ZITADEL's JWT providers: the bodies of both generations, and their answers. */
export const jwtProvider = defineTrustForm({
  id: 'zitadel-jwt-idp',
  title: 'a JWT identity provider of ZITADEL',
  isMeant: (members) => hasAny(members, ['keysEndpoint', 'jwtEndpoint', 'jwtConfig']) || isJsonObject(members.config),
  toTrust(members) {
    const body = parseInput(addJwtProvider, flat(members))
    const { state } = members
    const trust = toJudged(toDraft(fromAddJwtProvider('management', body), null))
    return { ...trust, enabled: state !== 'IDP_STATE_INACTIVE' }
  },
})

/** Answers have the fields in `jwtConfig` or `config.jwt`; the older body says `autoRegister`, and an update has no name. */
function flat(members: JsonObject): JsonObject {
  const { config, jwtConfig, autoRegister, ...rest } = members
  const within = isJsonObject(config) ? config : {}
  const jwt = isJsonObject(jwtConfig) ? jwtConfig : isJsonObject(within.jwt) ? within.jwt : {}
  const flatMembers: JsonObject = { name: 'jwt-idp', ...rest, ...jwt }
  if (isJsonObject(within.options)) flatMembers.providerOptions = within.options
  if (autoRegister !== undefined) flatMembers.providerOptions = { isAutoCreation: autoRegister }
  return flatMembers
}
