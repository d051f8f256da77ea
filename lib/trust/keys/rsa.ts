/** Above this, verifying costs more than a login should, and browsers refuse. */
const modulusBitsMax = 8192

/** Browsers (BoringSSL) read no larger public exponent. */
const exponentBitsMax = 33

/** Why an RSA key must not be relied on, in a sentence; null when nothing speaks against it (RFC 7518 §3.3, FIPS 186-5 §5.1). */
export function rsaFault(modulus: bigint, exponent: bigint, sizeBits: number): string | null {
  if (sizeBits < 2048) return `An RSA key of ${sizeBits} bits is too short; it needs at least 2048.`
  if (sizeBits > modulusBitsMax)
    return `An RSA key of ${sizeBits} bits is too long; at most ${modulusBitsMax} are read.`
  if (exponent % 2n === 0n) return 'The RSA exponent is even: this is no working key.'
  if (exponent < 65_537n) return `The RSA exponent ${exponent} is too small; it must be at least 65537.`
  if (exponent >> BigInt(exponentBitsMax) !== 0n) return `The RSA exponent is longer than ${exponentBitsMax} bits.`
  if (modulus % 2n === 0n) return 'The RSA modulus is even: this is no working key.'
  const divisor = smallPrimes.find((prime) => modulus % BigInt(prime) === 0n)
  if (divisor) return `The RSA modulus is divisible by ${divisor}: its private key can be worked out.`
  if (hasRocaFingerprint(modulus)) {
    return 'This RSA key has the ROCA fingerprint (CVE-2017-15361): its private key can be worked out. Make a new one.'
  }
  return null
}

const smallPrimes = Array.from({ length: 167 - 2 }, (_, index) => index + 3).filter((candidate) => {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false
  return true
})

// Keys of the flawed Infineon library are powers of 65537 modulo every small prime (Nemec et al., CCS 2017, §4).
const rocaResidues = smallPrimes.map((prime) => {
  const residues = new Set<number>()
  for (let residue = 1; !residues.has(residue); residue = (residue * 65_537) % prime) residues.add(residue)
  return { prime: BigInt(prime), residues }
})

function hasRocaFingerprint(modulus: bigint): boolean {
  return rocaResidues.every(({ prime, residues }) => residues.has(Number(modulus % prime)))
}
