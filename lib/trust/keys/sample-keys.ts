import type { PublicJwk } from './jwk'

/**
 * Returns where the private half of a key is printed, or null. These pairs are in specifications and on jwt.io, and so in the
 * configuration of people who tried them.
 */
export function publishedSample(jwk: PublicJwk): string | null {
  const member = jwk.kty === 'RSA' ? jwk.n : jwk.x
  return samples.get(member.slice(0, 40)) ?? null
}

/** By the first 40 characters of `n` or `x`. */
const samples: ReadonlyMap<string, string> = new Map([
  ['u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6', 'jwt.io (RS256)'],
  ['EVs_o5-uQbTjL3chynL4wXgUg2R9q9UU8I5mEovU', 'jwt.io (ES256)'],
  ['C1uWSXj2czCDwMTLWV5BFmwxdM6PX9p-Pk9Yf9rI', 'jwt.io (ES384)'],
  ['ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQ', 'RFC 7515, appendix A.2'],
  ['f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvR', 'RFC 7515, appendix A.3'],
  ['AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTj', 'RFC 7515, appendix A.4'],
  ['0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiA', 'RFC 7517, appendix A'],
  ['MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv', 'RFC 7517, appendix A'],
  ['n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_K', 'RFC 7520, section 3.3'],
  ['AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13n', 'RFC 7520, section 3.1'],
  ['11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcH', 'RFC 8037, appendix A'],
])
