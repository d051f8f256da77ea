/** A platform for which there is no preset. */
export type PlatformWithoutTokens = { id: string; title: string; why: string }

/** Platforms that are asked for and give their jobs no identity token, or none that is documented: use the generic preset. */
export const platformsWithoutTokens: readonly PlatformWithoutTokens[] = [
  {
    id: 'gitea',
    title: 'Gitea Actions',
    why: 'Gives its jobs no identity token yet (go-gitea/gitea pull request 39052).',
  },
  { id: 'woodpecker', title: 'Woodpecker CI', why: 'Gives its jobs no identity token yet (woodpecker issue 1126).' },
  { id: 'drone', title: 'Drone', why: 'Gives its jobs no identity token.' },
  { id: 'teamcity', title: 'TeamCity', why: 'Documents no identity token for its builds.' },
  { id: 'trigger-dev', title: 'Trigger.dev', why: 'Issuer and claims of its tokens are not known.' },
  { id: 'render', title: 'Render', why: 'Documents no identity token for its services.' },
  { id: 'railway', title: 'Railway', why: 'Documents no identity token for its services.' },
  { id: 'netlify', title: 'Netlify', why: 'Documents no identity token for its builds.' },
]
