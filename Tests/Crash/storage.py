"""An S3 bucket over plain HTTP, signed with Signature Version 4: listed and read."""

import datetime
import hashlib
import hmac
import http.client
import re
import urllib.parse


class Bucket:
    def __init__(self, scene):
        self.endpoint = urllib.parse.urlsplit(scene["endpoint"])
        self.bucket, self.region = scene["bucket"], scene["region"]
        self.key, self.secret = scene["accessKey"], scene["secretKey"]

    def objects(self, prefix):
        """The keys that begin with a prefix, with their sizes."""
        found, token = {}, None
        while True:
            query = {"list-type": "2", "prefix": prefix}
            if token:
                query["continuation-token"] = token
            status, body = self._get("/" + self.bucket, query)
            assert status == 200, (status, body[:300])
            text = body.decode()
            for element in re.findall(r"<Contents>(.*?)</Contents>", text, re.S):
                key = _text(re.search(r"<Key>(.*?)</Key>", element, re.S).group(1))
                found[key] = int(re.search(r"<Size>(\d+)</Size>", element).group(1))
            match = re.search(r"<NextContinuationToken>(.*?)</NextContinuationToken>", text)
            if "<IsTruncated>true" not in text or not match:
                return found
            token = _text(match.group(1))

    def read(self, key):
        """An object's bytes; None where there is none."""
        status, body = self._get(f"/{self.bucket}/{urllib.parse.quote(key, safe='/-._~')}", {})
        return body if status == 200 else None

    def _get(self, path, query):
        text = "&".join(
            f"{urllib.parse.quote(name, safe='-._~')}={urllib.parse.quote(value, safe='-._~')}"
            for name, value in sorted(query.items()))
        time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        empty = hashlib.sha256(b"").hexdigest()
        headers = {"host": self.endpoint.netloc, "x-amz-content-sha256": empty, "x-amz-date": time}
        names = ";".join(sorted(headers))
        canonical = "\n".join(
            ["GET", path, text] + [f"{name}:{headers[name]}" for name in sorted(headers)] + ["", names, empty])
        scope = f"{time[:8]}/{self.region}/s3/aws4_request"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        secret = ("AWS4" + self.secret).encode()
        for part in (time[:8], self.region, "s3", "aws4_request"):
            secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(secret, to_sign.encode(), hashlib.sha256).hexdigest()
        headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={names}, Signature={signature}")
        connection = http.client.HTTPConnection(self.endpoint.netloc, timeout=30)
        try:
            connection.request("GET", path + ("?" + text if text else ""), headers=headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


def _text(xml):
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        xml = xml.replace(entity, character)
    return xml
