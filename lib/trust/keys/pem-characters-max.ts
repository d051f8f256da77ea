/** The longest text that is read, in characters: enough for a chain of certificates. */
export const pemCharactersMax = 65_536
