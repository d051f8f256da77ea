import { z } from 'zod'
import type { JsonObject } from '@/lib/trust/json/json'
import { leftOutName } from './fit-object'
import { storedOr } from './stored-json'

/** An object that a record keeps to be shown; where it cannot be read, one that says so in its place. */
export const readKept = (text: string | null): JsonObject | null =>
  text === null ? null : storedOr(text, Kept, { [leftOutName]: 'What is stored here cannot be read.' })

const Kept: z.ZodType<JsonObject> = z.record(z.string(), z.json())
