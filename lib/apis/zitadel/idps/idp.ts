import { jsonText } from '@/lib/trust/json/json-text'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import { enumNumber } from '../protocol'
import {
  type AddJwtIdp,
  autoLinkings,
  type JwtConfig,
  type JwtProvider,
  type Scope,
  stylingTypes,
  type UpdateIdp,
} from './wire'

/** The parts of a trust that this API has, in its legacy messages (`jwt_idp`) and in those of the templates. */
export type Idp = { name: string; issuer: string; keysEndpoint: string; audience: string; options: SignInOptions }

/** Options of a legacy provider beside `autoRegister`, as the template endpoints show them. */
const legacyOptions = {
  isLinkingAllowed: true,
  isCreationAllowed: true,
  isAutoUpdate: false,
  autoLinking: 'unspecified' as const,
  role: 'no-access' as const,
}

export const ownerOf = (scope: Scope) => (scope === 'admin' ? ('system' as const) : ('organization' as const))

export const fromAddJwtIdp = (scope: Scope, sent: AddJwtIdp): Idp => ({
  name: sent.name,
  issuer: sent.issuer,
  keysEndpoint: sent.keysEndpoint,
  audience: '',
  options: {
    ...legacyOptions,
    owner: ownerOf(scope),
    isOffered: true,
    jwtEndpoint: sent.jwtEndpoint,
    headerName: sent.headerName,
    styling: toStyling(sent.stylingType),
    isAutoCreation: sent.autoRegister,
  },
})

export const fromAddJwtProvider = (scope: Scope, sent: JwtProvider): Idp => ({
  ...providerFields(sent),
  audience: sent.audience?.trim() ?? '',
  options: {
    owner: ownerOf(scope),
    isOffered: true,
    styling: 'unspecified',
    role: 'no-access',
    ...providerOptions(sent),
  },
})

export const withIdp = (idp: Idp, sent: UpdateIdp): Idp => ({
  ...idp,
  name: sent.name,
  options: { ...idp.options, styling: toStyling(sent.stylingType), isAutoCreation: sent.autoRegister },
})

/** The four fields of ZITADEL's document; all others are kept, the audience too. */
export const withJwtConfig = (idp: Idp, sent: JwtConfig): Idp => ({
  ...idp,
  issuer: sent.issuer,
  keysEndpoint: sent.keysEndpoint,
  options: { ...idp.options, jwtEndpoint: sent.jwtEndpoint, headerName: sent.headerName },
})

export const withProvider = (idp: Idp, sent: JwtProvider): Idp => ({
  ...providerFields(sent),
  audience: sent.audience?.trim() ?? idp.audience,
  options: { ...idp.options, ...providerOptions(sent) },
})

export const isSame = (one: Idp, other: Idp) => jsonText(one) === jsonText(other)

/** In the order of `autoLinkings`. */
export const linkings = ['unspecified', 'username', 'email'] as const

const toStyling = (sent: string | number) => (enumNumber(stylingTypes, sent) === 1 ? 'google' : 'unspecified')

const providerFields = (sent: JwtProvider) => ({
  name: sent.name.trim(),
  issuer: sent.issuer.trim(),
  keysEndpoint: sent.keysEndpoint.trim(),
})

const providerOptions = ({ jwtEndpoint, headerName, providerOptions: sent }: JwtProvider) => ({
  jwtEndpoint: jwtEndpoint.trim(),
  headerName: headerName.trim(),
  isLinkingAllowed: sent.isLinkingAllowed,
  isCreationAllowed: sent.isCreationAllowed,
  isAutoCreation: sent.isAutoCreation,
  isAutoUpdate: sent.isAutoUpdate,
  autoLinking: linkings[enumNumber(autoLinkings, sent.autoLinking)] ?? ('unspecified' as const),
})
