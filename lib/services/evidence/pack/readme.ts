import { packFiles } from './pack-format'

type About = { organization: string | null; log: string; at: string; trusts: readonly string[] | null }

/** What a person who opens a pack reads first. Names are shown as they are stored, in quotes. */
export function readmeOf({ organization, log, at, trusts }: About): string {
  const about = trusts === null ? 'all trusts' : `${trusts.length} chosen ${trusts.length === 1 ? 'trust' : 'trusts'}`
  return `Evidence pack of Keybound

Organization   ${JSON.stringify(organization ?? '')} (${log})
Made           ${at}
About          ${about}

${packFiles.trusts}       each trust as it is now, a line of JSON for each
${packFiles.versions}     each version of the trusts, with who made it and when
${packFiles.keySources}  the sources of their keys: the last good key set, and every key that was seen
${packFiles.decisions}    each accepted and refused login, with every check (seq: its entry in the log)
${packFiles.reviews}  the access reviews in which the trusts, or their identities, were items
${packFiles.reviewItems}, ${packFiles.reviewItemsCsv}
                     those items: what was allowed, and what was decided, by whom, when and why
${packFiles.log}    the evidence log: every entry of the organization, with the records about these trusts
${packFiles.manifest}      size and SHA-256 of each file
${packFiles.signature}       signature of the manifest (RFC 7515, Ed25519)

To verify, without a server:

  npx keybound audit verify THIS.zip --key keys.json

keys.json is what the server publishes at /.well-known/keybound-evidence-keys.json; get it from there, not with
this file. Without --key the keys in the manifest are used, and a pack that was made up as a whole is
not noticed.

The log holds an entry for every audit entry and decision of the organization, each with the hash of the one before.
Of records that are not about these trusts it holds the SHA-256 only, so nothing can be left out of the log unseen.
A record that was changed is in it whatever it is about; verification names it.
`
}
