# GOOD: dependencies change less often than code
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . . # code changes don't bust pip cache
