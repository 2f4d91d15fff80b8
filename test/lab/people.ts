/** The only person in the lab, with the claims of the `profile` and `email` scopes (OpenID Connect Core 1.0, 5.4). */
export const ADA = {
  sub: 'ada',
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  email: 'ada@shop.example',
  email_verified: true,
} as const;
