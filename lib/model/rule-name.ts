import { z } from 'zod'

/** Id of a rule of the posture: `L01`. Beside the answers of the analysis, which a form does not load. */
export const RuleName = z.string().regex(/^L\d{2,3}$/, 'Give the id of a rule, such as L01.')
