/*
 * What is stated of incidents apart from their schemas, for pages that show them.
 */

/** States of an incident. One that is resolved counts no further refusal: the next one of its cause begins a new incident. */
export const incidentStates = ['open', 'acknowledged', 'resolved'] as const

/** Characters of a note. */
export const noteCharactersMax = 2_000
