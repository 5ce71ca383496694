"""What a host reads beside pages: redirects, headers and settings, each in its own form and no more than it takes."""

from tiebreak.hosts.deployed_site import DeployedSite
from tiebreak.hosts.headers import policy
from tiebreak.hosts.hosting import Hosted, Notice, hosted, takes_compressed
