"""The names of the hosts that a build can write settings for."""

HOSTS = ("apache", "caddy", "cloudflare", "github", "gitlab", "netlify", "nginx", "s3", "vercel")
