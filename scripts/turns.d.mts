type Turn = { say(text: string): void; end(): void }

export function turns(print: (text: string) => void): () => Turn
