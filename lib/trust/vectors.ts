import { claimVectors } from './vectors/claim-vectors'
import { formVectors } from './vectors/form-vectors'
import { keyVectors } from './vectors/key-vectors'
import { timeVectors } from './vectors/time-vectors'
import type { Vector } from './vectors/vector'

/** One table of test vectors for the engine in Node, the tester in the browser and the login over HTTP. */
export const vectors: Vector[] = [...formVectors, ...keyVectors, ...timeVectors, ...claimVectors]

export type { MadeVector, Vector } from './vectors/vector'
export { createVectorIssuer, type VectorIssuer } from './vectors/vector-issuer'
