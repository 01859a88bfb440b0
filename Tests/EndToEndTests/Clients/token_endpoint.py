"""A token endpoint, `token_endpoint.py [CERTIFICATE KEY]`, with TLS where it has a certificate.

It prints its port, then a line for each token; to workloads with an identity it gives a key, as AWS's does.
"""

import base64
import http.server
import ssl
import sys
import time
import urllib.parse

from json_handler import JSONHandler

LOGIN = "Basic " + base64.b64encode(b"client:hush-client-secret").decode()


class Endpoint(JSONHandler):
    protocol_version = "HTTP/1.1"
    count = 0

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if "Action" in form:
            self.answer(*self.key(form))
            return
        is_known = self.headers["Authorization"] == LOGIN and form.get("grant_type") == ["client_credentials"]
        if is_known:
            Endpoint.count += 1
            token = f"hush-token-{Endpoint.count}"
            answer, status = {"access_token": token, "token_type": "bearer", "expires_in": 3600}, 200
            print(token, form.get("scope"), form.get("audience"), flush=True)
        else:
            answer, status = {"error": "invalid_client"}, 401
        self.answer(status, answer)

    def key(self, form):
        action = form["Action"][0]
        print(action, form["RoleArn"][0], form["RoleSessionName"][0], *form.get("ExternalId", []), flush=True)
        if action == "AssumeRole":
            # Who asks shows the key of a workload, for this service.
            signature = self.headers["Authorization"]
            is_known = signature.startswith("AWS4-HMAC-SHA256 Credential=WORKLOAD/") and "/eu-central-1/sts/" in signature
            names = ("AKIDEXAMPLE", "hush-secret-key", "hush-session-token")
        else:
            is_known = form["WebIdentityToken"] == ["hush-identity"]
            names = ("AKIDEXAMPLE", "hush-secret-key", "hush-session-token")
            if "arn:workload" in form["RoleArn"]:
                names = ("WORKLOAD", "hush-workload-key", "hush-workload-token")
        if not is_known:
            return 403, {"Error": {"Code": "AccessDenied"}}
        key = dict(zip(("AccessKeyId", "SecretAccessKey", "SessionToken"), names), Expiration=time.time() + 3600)
        return 200, {f"{action}Response": {f"{action}Result": {"Credentials": key}}}


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
if len(sys.argv) > 1:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
