/** Cookie with the state of the rail (`collapsed`). */
export const railCookie = 'keybound-rail'
