import { z } from 'zod'
import { storedOrNull } from '@/lib/db/stored-json'
import { FoundRule } from '@/lib/model/summary'

const FoundRules = z.array(FoundRule)

/** Reads the rules that found something; null where they cannot be read. */
export const readFound = (text: string): FoundRule[] | null => storedOrNull(text, FoundRules)
