import type { Example } from '@prove/core'

/** Of `tls.key`. */
export const keyExamples: readonly Example[] = [
  {
    title: 'A key for a web server',
    states: `blog_key:
  tls.key: /etc/ssl/private/blog.key
`,
  },
  {
    title: 'For those who still need RSA, readable by a group',
    states: `mail_key:
  tls.key:
    path: /etc/ssl/private/mail.key
    type: rsa
    bits: 4096
    group: mail
    mode: "0640"
`,
  },
]

/** Of `tls.csr`. */
export const csrExamples: readonly Example[] = [
  {
    title: 'To be signed by an authority elsewhere',
    states: `shop_key:
  tls.key: /etc/ssl/private/shop.key

shop_request:
  tls.csr:
    path: /etc/ssl/shop.csr
    key: /etc/ssl/private/shop.key
    names: [shop.example, www.shop.example]
    subject: { organization: Shop & Sons, country: AT, common_name: shop.example }
  requires: shop_key
`,
  },
]

/** Of `tls.certificate`. */
export const certificateExamples: readonly Example[] = [
  {
    title: 'Signed by itself',
    states: `intranet_key:
  tls.key: { path: /etc/ssl/private/intranet.key, type: ed25519 }

intranet:
  tls.certificate:
    path: /etc/ssl/intranet.pem
    key: /etc/ssl/private/intranet.key
    names: [intranet.example, 10.0.0.2]
  requires: intranet_key
`,
  },
  {
    title: 'Signed by an authority of your own',
    states: `ca_key:
  tls.key: { path: /etc/ssl/private/ca.key, type: rsa, bits: 4096 }

ca:
  tls.ca:
    path: /etc/ssl/ca.pem
    key: /etc/ssl/private/ca.key
    subject: { organization: Example, common_name: Example CA }
  requires: ca_key

api_key:
  tls.key: /etc/ssl/private/api.key

api:
  tls.certificate:
    path: /etc/ssl/api.pem
    key: /etc/ssl/private/api.key
    names: [api.example]
    days: 90
    ca_certificate: /etc/ssl/ca.pem
    ca_key: /etc/ssl/private/ca.key
  requires: [ca, api_key]
`,
  },
]

/** Of `tls.ca`. */
export const caExamples: readonly Example[] = [
  {
    title: 'For certificates of clients',
    states: `staff_ca_key:
  tls.key: /etc/ssl/private/staff-ca.key

staff_ca:
  tls.ca:
    path: /etc/ssl/staff-ca.pem
    key: /etc/ssl/private/staff-ca.key
    subject: { common_name: Staff of Example }
  requires: staff_ca_key

alice_key:
  tls.key: /etc/ssl/private/alice.key

alice:
  tls.certificate:
    path: /etc/ssl/alice.pem
    key: /etc/ssl/private/alice.key
    names: [alice@example.org]
    subject: { common_name: Alice }
    usage: client
    ca_certificate: /etc/ssl/staff-ca.pem
    ca_key: /etc/ssl/private/staff-ca.key
  requires: [staff_ca, alice_key]
`,
  },
]
