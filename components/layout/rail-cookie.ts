/** Cookie that remembers whether the rail is `collapsed`; a taste, not a secret. */
export const railCookie = 'keybound-rail'
